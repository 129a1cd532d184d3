using RabbitMQ.Client;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Makes what came from a producer writable again. What were 255 bytes of no valid UTF-8 are up to three times as many
/// once the client has read them, and it throws when it is to write them; and all properties of a message together have
/// to fit into one frame, or the broker closes the connection.
/// </summary>
internal static class ShortStrings
{
    // No field of a job may be longer; some fifteen of them stay well below a frame's 128 KiB.
    private const int LongestValue = 4096;

    /// <summary>Shortens texts and header names that are too long; the same properties otherwise.</summary>
    public static BasicProperties FitShortStrings(this BasicProperties properties)
    {
        Fit(properties.ContentType, value => properties.ContentType = value);
        Fit(properties.ContentEncoding, value => properties.ContentEncoding = value);
        Fit(properties.CorrelationId, value => properties.CorrelationId = value);
        Fit(properties.ReplyTo, value => properties.ReplyTo = value);
        Fit(properties.Expiration, value => properties.Expiration = value);
        Fit(properties.MessageId, value => properties.MessageId = value);
        Fit(properties.Type, value => properties.Type = value);
        Fit(properties.UserId, value => properties.UserId = value);
        Fit(properties.AppId, value => properties.AppId = value);
        Fit(properties.ClusterId, value => properties.ClusterId = value);
        if (properties.Headers is { } headers && headers.Any(header => IsTooLong(header.Key) || header.Value is IDictionary<string, object?> or IList<object?>))
            properties.Headers = FitNames(headers);
        return properties;
    }

    /// <summary>A header of a job as its copy may have it; null for what no field of a job can be.</summary>
    public static object? FitValue(object? value) => value switch
    {
        string text => MessageIds.Cut(text, LongestValue),
        byte[] { Length: > LongestValue } bytes => bytes[..LongestValue],
        IDictionary<string, object?> or IList<object?> => null,
        _ => value,
    };

    private static void Fit(string? value, Action<string> set)
    {
        if (IsTooLong(value))
            set(ShortString.Fit(value!));
    }

    private static bool IsTooLong(string? value) => value?.Length * 3 > ShortString.MaxBytes && !ReferenceEquals(ShortString.Fit(value), value);

    private static Dictionary<string, object?> FitNames(IDictionary<string, object?> table) =>
        table.GroupBy(entry => ShortString.Fit(entry.Key)).ToDictionary(same => same.Key, same => FitNames(same.First().Value));

    private static object? FitNames(object? value) => value switch
    {
        IDictionary<string, object?> table => FitNames(table),
        byte[] => value,
        IList<object?> list => list.Select(FitNames).ToList(),
        _ => value,
    };
}
