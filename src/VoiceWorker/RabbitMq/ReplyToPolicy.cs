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
    private readonly string _retryQueues = $"{options.Queue}.retry.";
    private readonly string[] _patterns = [.. options.ReplyToPatterns];

    /// <summary>Why the address may not be used; null when it may.</summary>
    public string? Refusal(string? replyTo)
    {
        if (string.IsNullOrEmpty(replyTo))
            return null;
        if (Encoding.UTF8.GetByteCount(replyTo) > MaxBytes)
            return $"reply_to is longer than {MaxBytes} bytes";
        if (replyTo.StartsWith(AmqpNames.DirectReplyToPrefix, StringComparison.Ordinal))
            return null;
        if (_own.Contains(replyTo) || replyTo.StartsWith(_retryQueues, StringComparison.Ordinal))
            return "reply_to is one of the worker's own queues";
        return IsAllowed(replyTo) ? null : "reply_to is not a queue that this worker may answer to";
    }

    private bool IsAllowed(string replyTo)
    {
        var reserved = replyTo.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal);
        foreach (var pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, replyTo, ignoreCase: false)
                && (!reserved || pattern.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }
}
