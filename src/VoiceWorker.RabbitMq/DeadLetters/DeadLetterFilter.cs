using System.Globalization;
using System.IO.Enumeration;

namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>Picks dead letters by expressions such as <c>code=engine_unavailable</c> or <c>older=2h</c>.</summary>
internal sealed class DeadLetterFilter
{
    private const string Keys = "code, stage, sender, id, older, younger";

    private readonly ILookup<string, string> _wanted;
    private readonly DateTimeOffset _now;

    /// <param name="expressions">Expressions without a <see cref="Complaint"/>. None: every letter.</param>
    /// <param name="now">What ages count from.</param>
    public DeadLetterFilter(IEnumerable<string>? expressions, DateTimeOffset now)
    {
        _wanted = (expressions ?? []).Select(Split).ToLookup(e => e.Key, e => e.Value);
        _now = now;
    }

    /// <summary>What is wrong with an expression; null when nothing is.</summary>
    public static string? Complaint(string expression) => Split(expression) switch
    {
        (_, "") => $"--filter {expression} is not KEY=VALUE, such as code=engine_unavailable or older=2h.",
        ("older" or "younger", var age) when Age(age) is null => $"--filter {expression}: '{age}' is no age; write a whole number and s, m, h or d, such as 90s or 2h.",
        ("code" or "stage" or "sender" or "id" or "older" or "younger", _) => null,
        var (key, _) => $"--filter {expression}: there is no '{key}'; there are {Keys}.",
    };

    /// <summary>Whether the letter is meant: every key matches, by one of its values.</summary>
    public bool Matches(DeadLetter letter) => _wanted.All(key => key.Any(value => Matches(letter, key.Key, value)));

    private bool Matches(DeadLetter letter, string key, string value) => key switch
    {
        "code" => Like(value, letter.Code),
        "stage" => Like(value, letter.Stage),
        "sender" => Like(value, letter.Job.SenderId),
        "id" => Like(value, letter.Job.MessageId),
        "older" => _now - letter.FailedAt >= Age(value),
        _ => _now - letter.FailedAt < Age(value),
    };

    private static bool Like(string pattern, string? text) => text is not null && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static (string Key, string Value) Split(string expression)
    {
        var equals = expression.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (expression, "") : (expression[..equals], expression[(equals + 1)..]);
    }

    private static TimeSpan? Age(string text)
    {
        if (text.Length is < 2 or > 10 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1_000_000)
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
