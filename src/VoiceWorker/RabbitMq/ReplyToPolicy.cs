using System.Collections.Frozen;
using System.IO.Enumeration;
using System.Text;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Decides whether a job's reply_to may be used. The default exchange reaches every queue, so a producer could have
/// the worker write into anyone's.
/// </summary>
internal sealed class ReplyToPolicy(RabbitMqOptions options)
{
    private const int MaxBytes = 255;

    private readonly FrozenSet<string> _own = Topology.OwnQueues(options).ToFrozenSet(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _patterns = options.ReplyToPatterns;

    /// <summary>Why the address may not be used; null when it may.</summary>
    public string? Refusal(string? replyTo)
    {
        if (string.IsNullOrEmpty(replyTo))
            return null;
        if (Encoding.UTF8.GetByteCount(replyTo) > MaxBytes)
            return $"reply_to is longer than {MaxBytes} bytes";
        if (replyTo.StartsWith(AmqpNames.DirectReplyToPrefix, StringComparison.Ordinal))
            return null;
        if (_own.Contains(replyTo) || replyTo.StartsWith($"{options.Queue}.retry.", StringComparison.Ordinal))
            return "reply_to is one of the worker's own queues";
        var reserved = replyTo.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal);
        var allowed = _patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, replyTo, ignoreCase: false)
            && (!reserved || pattern.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal)));
        return allowed ? null : "reply_to is not a queue that this worker may answer to";
    }
}
