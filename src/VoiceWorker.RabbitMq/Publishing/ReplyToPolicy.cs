using System.Collections.Frozen;
using System.IO.Enumeration;
using System.Text;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Decides whether a job's reply_to may be used. The default exchange reaches every queue, so a producer could have
/// the worker write into anyone's.
/// </summary>
internal sealed class ReplyToPolicy(RabbitMqOptions options)
{
    private const int LongestQuote = 80;
    private const string Remedy = "name a queue of your own, one that the broker has named (amq.gen-…), or amq.rabbitmq.reply-to";

    private readonly FrozenSet<string> _own = Topology.OwnQueues(options).ToFrozenSet(StringComparer.Ordinal);

    // Retry queues, those of earlier settings among them.
    private readonly string _retries = $"{options.Queue}.retry.";
    private readonly string _delayed = $"{AmqpNames.ReplyQueue(options.Queue)}.";
    private readonly string[] _patterns = [.. options.ReplyToPatterns];

    /// <summary>Why the address may not be used, and what would be right; null when it may.</summary>
    public string? Refusal(string? replyTo) => replyTo switch
    {
        null or "" => null,
        // What the client makes of bytes that are no UTF-8: the queue meant can't be known any more.
        _ when replyTo.Contains('\uFFFD', StringComparison.Ordinal) => $"reply_to is not valid UTF-8; {Remedy}",
        _ when Encoding.UTF8.GetByteCount(replyTo) > ShortString.MaxBytes => $"reply_to is longer than {ShortString.MaxBytes} bytes; {Remedy}",
        _ when _own.Contains(replyTo) || replyTo.StartsWith(_retries, StringComparison.Ordinal) || replyTo.StartsWith(_delayed, StringComparison.Ordinal) => $"reply_to {Quote(replyTo)} is one of the worker's own queues; {Remedy}",
        _ when IsReserved(replyTo) => RefusalOfReserved(replyTo),
        _ => _patterns.Any(pattern => Matches(pattern, replyTo)) ? null : $"reply_to {Quote(replyTo)} is not among the queues that this worker may answer to (its operator's setting RabbitMq:ReplyTo)",
    };

    private string? RefusalOfReserved(string replyTo) => replyTo switch
    {
        // The operator knows better, for example of a later broker's addresses.
        _ when _patterns.Any(pattern => IsReserved(pattern) && Matches(pattern, replyTo)) => null,
        _ when DirectReplyTo.IsWellFormed(replyTo) => null,
        _ when replyTo.StartsWith(AmqpNames.DirectReplyToPrefix.TrimEnd('.'), StringComparison.Ordinal) =>
            $"reply_to {Quote(replyTo)} is not an address that RabbitMQ has given out; consume from amq.rabbitmq.reply-to, and send the job with that as its reply_to on the same channel",
        _ => $"reply_to {Quote(replyTo)} is a name that RabbitMQ keeps for itself; {Remedy}",
    };

    // Queues that the broker has named are anybody's; the rest of amq. is the broker's own.
    private static bool IsReserved(string name) =>
        name.StartsWith(AmqpNames.ReservedPrefix, StringComparison.Ordinal) && !name.StartsWith(AmqpNames.NamedByBrokerPrefix, StringComparison.Ordinal);

    private static bool Matches(string pattern, string replyTo) => FileSystemName.MatchesSimpleExpression(pattern, replyTo, ignoreCase: false);

    private static string Quote(string replyTo) => $"'{MessageIds.Cut(MessageIds.WithoutControls(replyTo), LongestQuote)}'";
}
