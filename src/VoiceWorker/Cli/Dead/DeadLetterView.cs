using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Spectre.Console;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary>A dead letter for people: what became of it, properties, headers, and the body's fields.</summary>
internal static class DeadLetterView
{
    // A spoken job's audio is a field, too.
    private const int LongestValue = 2000;

    public static Grid Of(DeadLetter letter)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in Lines(letter).Where(line => line.Value.Length > 0))
            grid.AddRow(new Text(Terminal.Plain(name)), new Text(Terminal.Plain(Short(value))));
        return grid;
    }

    private static IEnumerable<(string Name, string Value)> Lines(DeadLetter letter)
    {
        var properties = letter.Properties;
        return
        [
            ("message id", letter.Job.MessageId),
            ("reason", letter.Reason),
            ("code", $"{letter.Code} in {letter.Stage}"),
            ("failed", DeadLetterReport.When(letter.FailedAt)),
            ("first seen", DeadLetterReport.When(letter.FirstSeen)),
            ("deadline", DeadLetterReport.When(letter.Deadline)),
            ("reply to", properties.ReplyTo ?? ""),
            ("correlation id", properties.CorrelationId ?? ""),
            ("content type", properties.ContentType ?? ""),
            ("content encoding", properties.ContentEncoding ?? ""),
            ("priority", properties.IsPriorityPresent() ? $"{properties.Priority}" : ""),
            ("app id, type", string.Join(", ", new[] { properties.AppId, properties.Type }.Where(text => !string.IsNullOrEmpty(text)))),
            .. (properties.Headers ?? new Dictionary<string, object?>()).Select(header => ($"header {header.Key}", Words(header.Value))),
            .. Body(letter),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Body(DeadLetter letter)
    {
        if (letter.Job.Input is AudioInput { IsBase64: false } audio)
            return [("body", $"{letter.Body.Length} bytes of {audio.ContentType}")];
        try
        {
            using var json = JsonDocument.Parse(letter.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? [.. json.RootElement.EnumerateObject().Select(field => ($"body {field.Name}", Field(field)))]
                : [("body", json.RootElement.GetRawText())];
        }
        catch (JsonException)
        {
            return [("body", $"{letter.Body.Length} bytes, not JSON: {Encoding.UTF8.GetString(letter.Body.Span[..Math.Min(letter.Body.Length, LongestValue)])}")];
        }
    }

    private static string Field(JsonProperty field) => field switch
    {
        { Name: "audio_data", Value.ValueKind: JsonValueKind.String } => $"{field.Value.GetRawText().Length - 2} characters of base64",
        { Value.ValueKind: JsonValueKind.String } => field.Value.GetRawText()[1..^1],
        _ => field.Value.GetRawText(),
    };

    private static string Words(object? value) => value switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        IDictionary<string, object?> table => $"{{{string.Join(", ", table.Select(entry => $"{entry.Key}: {Words(entry.Value)}"))}}}",
        IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Words))}]",
        AmqpTimestamp time => DeadLetterReport.When(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time.UnixTime, 0, 253_402_300_799))),
        null => "",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    private static string Short(string text) => text.Length <= LongestValue ? text : $"{MessageIds.Cut(text, LongestValue)}… ({text.Length} characters)";
}
