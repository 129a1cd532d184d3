using System.Globalization;

namespace VoiceWorker.RabbitMq;

/// <summary>Every name that the worker uses on the broker: defaults of queues and exchanges, and headers.</summary>
internal static class AmqpNames
{
    public const string Jobs = "voice.jobs";
    public const string Dead = "voice.dead";
    public const string Results = "voice.results";
    public const string Control = "voice.control";

    /// <summary>What RabbitMQ keeps for itself.</summary>
    public const string ReservedPrefix = "amq.";

    /// <summary>Queues that the broker has named itself, for whoever declared one without a name.</summary>
    public const string NamedByBrokerPrefix = "amq.gen-";

    /// <summary>Reply addresses without a queue (RabbitMQ's direct reply-to).</summary>
    public const string DirectReplyToPrefix = "amq.rabbitmq.reply-to.";

    /// <summary>Which delivery of the job this is, from 1; counted by the worker at each delayed redelivery.</summary>
    public const string AttemptHeader = "x-voiceworker-attempt";

    /// <summary>When the worker saw the job first, in milliseconds since the Unix epoch.</summary>
    public const string FirstSeenHeader = "x-voiceworker-first-seen";

    /// <summary>When the last attempt failed, in milliseconds since the Unix epoch.</summary>
    public const string FailedAtHeader = "x-voiceworker-failed-at";

    /// <summary>Why the last attempt failed, in human words.</summary>
    public const string ErrorHeader = "x-voiceworker-error";

    /// <summary>The error code of the last failure.</summary>
    public const string ErrorCodeHeader = "x-voiceworker-error-code";

    /// <summary>The stage of the last failure.</summary>
    public const string ErrorStageHeader = "x-voiceworker-error-stage";

    /// <summary>On a reply that was refused: the exchange it was for.</summary>
    public const string ReplyExchangeHeader = "x-voiceworker-reply-exchange";

    /// <summary>On a reply that was refused: the routing key it was for; with the default exchange, the queue.</summary>
    public const string ReplyRoutingKeyHeader = "x-voiceworker-reply-routing-key";

    /// <summary>On a worker's copy of a job: whose it is, when user_id says so (<c>RabbitMq:SenderFrom</c>).</summary>
    public const string SenderHeader = "x-voiceworker-sender";

    /// <summary>When a dead letter was sent back as a job, in milliseconds since the Unix epoch.</summary>
    public const string ReplayedHeader = "x-voiceworker-replayed";

    /// <summary>How often a quorum queue has delivered the message before.</summary>
    public const string DeliveryCountHeader = "x-delivery-count";

    /// <summary>How often RabbitMQ 4.3 and newer have handed a message out, for whatever reason it came back.</summary>
    public const string AcquiredCountHeader = "x-acquired-count";

    /// <summary>The queue in which jobs wait for a delay.</summary>
    public static string RetryQueue(string jobs, TimeSpan delay) =>
        string.Create(CultureInfo.InvariantCulture, $"{jobs}.retry.{delay.TotalSeconds:0.###}s");

    /// <summary>The queue of jobs that are run alone, because they may kill their worker.</summary>
    public static string IsolationQueue(string jobs) => $"{jobs}.isolated";

    /// <summary>The queue of replies that were refused and are sent again.</summary>
    public static string ReplyQueue(string jobs) => $"{jobs}.delayed-replies";

    /// <summary>Whether the broker's word that no queue took a message means something: of direct reply-to it says so of each.</summary>
    public static bool ReportsUnroutable(string exchange, string routingKey) =>
        exchange.Length > 0 || !routingKey.StartsWith(DirectReplyToPrefix, StringComparison.Ordinal);

    /// <summary>The routing key of a reply without an address: <c>en.es</c>; <c>auto</c> or <c>none</c> for what is unknown.</summary>
    public static string ResultsKey(string? source, string target) => $"{source ?? "auto"}.{(target.Length == 0 ? "none" : target)}";
}
