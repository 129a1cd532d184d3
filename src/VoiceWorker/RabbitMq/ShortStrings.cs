using RabbitMQ.Client;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Makes properties that came from a producer writable again: what were 255 bytes of no valid UTF-8 are up to three
/// times as many once the client has read them, and it throws when it is to write them.
/// </summary>
internal static class ShortStrings
{
    /// <summary>Shortens whatever is too long; the same properties otherwise.</summary>
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
        if (properties.Headers is { } headers && headers.Keys.Any(IsTooLong))
            properties.Headers = headers.GroupBy(header => ShortString.Fit(header.Key)).ToDictionary(same => same.Key, same => same.First().Value);
        return properties;
    }

    private static void Fit(string? value, Action<string> set)
    {
        if (IsTooLong(value))
            set(ShortString.Fit(value!));
    }

    private static bool IsTooLong(string? value) => value?.Length * 3 > ShortString.MaxBytes && !ReferenceEquals(ShortString.Fit(value), value);
}
