using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>The broker's note on a message that it moved itself: the newest entry of the header <c>x-death</c>.</summary>
/// <param name="Queue">The queue it was taken from.</param>
/// <param name="Reason"><c>delivery_limit</c>, <c>expired</c>, <c>rejected</c> or <c>maxlen</c>.</param>
/// <param name="At">When.</param>
/// <param name="Expiration">The expiration that the message had, in milliseconds.</param>
internal sealed record XDeathHeader(string? Queue, string Reason, DateTimeOffset? At, string? Expiration)
{
    public const string Header = "x-death";

    /// <summary>The reason in human words.</summary>
    public string Words => Reason switch
    {
        "delivery_limit" => "the broker delivered it as often as it may, and no worker lived to answer: a job that kills its worker?",
        "expired" => "its expiration passed before a worker took it",
        "rejected" => "a worker could not copy it and had the broker move it: too large?",
        "maxlen" => "the queue of jobs was full",
        _ => $"the broker moved it: {Reason}",
    };

    /// <summary>Reads the newest note; null when there is none.</summary>
    public static XDeathHeader? Last(IDictionary<string, object?>? headers)
    {
        // The newest entry is the first one.
        if (headers is null || !headers.TryGetValue(Header, out var value) || value is not IList<object?> { Count: > 0 } deaths || deaths[0] is not IDictionary<string, object?> last)
            return null;
        var at = last.TryGetValue("time", out var time) && time is AmqpTimestamp { UnixTime: >= 0 and < 253_402_300_800 and var seconds }
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : (DateTimeOffset?)null;
        return new(JobHeaders.Text(last, "queue"), JobHeaders.Text(last, "reason") ?? "unknown", at, JobHeaders.Text(last, "original-expiration"));
    }
}
