using System.ComponentModel.DataAnnotations;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq;

/// <summary>The broker, the names on it and the limits (section <c>RabbitMq</c>).</summary>
internal sealed class RabbitMqOptions
{
    internal const string SenderFromField = "field";
    internal const string SenderFromUserId = "user_id";

    private static readonly TimeSpan[] DefaultRetryDelays = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>The broker as <c>amqp://user:password@host:port/vhost</c> or <c>amqps://…</c>; replaces the six settings below.</summary>
    public string? Uri { get; set; }

    /// <summary>The broker's host name or address.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>The broker's port; 0 for the usual one, 5672 or with TLS 5671.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The user.</summary>
    public string User { get; set; } = "guest";

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>A file with the password, read at every connect, so that a changed secret is picked up.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The virtual host.</summary>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>TLS to the broker.</summary>
    [Required]
    public RabbitMqTlsOptions Tls { get; set; } = new();

    /// <summary>Heartbeat interval; a broker that is silent for two of them counts as lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one try to connect may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the first try to reconnect; it doubles with each further one and is spread by jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between two tries to reconnect.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the worker declares the queues and exchanges; if not, they have to be there.</summary>
    public bool DeclareTopology { get; set; } = true;

    /// <summary>The queue of jobs.</summary>
    [Required, StringLength(200)]
    public string Queue { get; set; } = AmqpNames.Jobs;

    /// <summary>The exchange and the queue of dead letters.</summary>
    [Required, StringLength(200)]
    public string DeadLetterQueue { get; set; } = AmqpNames.Dead;

    /// <summary>The exchange of replies to jobs without an address.</summary>
    [Required, StringLength(200)]
    public string ResultsExchange { get; set; } = AmqpNames.Results;

    /// <summary>The fanout exchange on which all workers hear cancellations; empty for none.</summary>
    [StringLength(200)]
    public string ControlExchange { get; set; } = AmqpNames.Control;

    /// <summary>Deliveries in flight at most; null to take what the pipeline can hold.</summary>
    [Range(1, 65535)]
    public int? Prefetch { get; set; }

    /// <summary>
    /// The broker's <c>consumer_timeout</c>, after which it takes an unacknowledged job away; longer than all tries of all
    /// stages together. The worker does not set it, but refuses to start when its own limits do not fit.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ConsumerTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often the broker delivers a job that no worker settles before it becomes a dead letter.</summary>
    [Range(1, 10_000)]
    public int DeliveryLimit { get; set; } = 20;

    /// <summary>
    /// How often a job may come back unsettled before it is moved to the isolation queue and run alone, with no other job
    /// in the worker: one that kills its worker then takes no others with it. At most <c>DeliveryLimit</c>.
    /// </summary>
    [Range(1, 10_000)]
    public int IsolateAfterDeliveries { get; set; } = 3;

    /// <summary>How often an isolated job is tried before it is answered with an error and becomes a dead letter.</summary>
    [Range(1, 10_000)]
    public int IsolatedDeliveryLimit { get; set; } = 3;

    /// <summary>How long a delivery that could not be settled is held back before it is requeued.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RequeueDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The waits between the attempts of a job that fails for a passing reason; there is one attempt more than there are waits. Null for 10 s, 1 min and 5 min.</summary>
    public IList<TimeSpan>? RetryDelays { get; set; }

    /// <summary>Bytes of a job's body at most.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Bytes of the bodies of all jobs in flight at most, and of what they may be decompressed to; beyond it intake waits.</summary>
    [Range(1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxBytesInFlight { get; set; } = 256 * 1024 * 1024;

    /// <summary>How long the broker may take to confirm a message, and a second more for each MiB of it. The clock stands still while the broker blocks publishers.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages sent and not yet confirmed at most.</summary>
    [Range(1, 65536)]
    public int MaxOutstandingPublishes { get; set; } = 256;

    /// <summary>
    /// Queues that a job's reply_to may name, with <c>*</c> and <c>?</c>; null for any. The worker's own queues are
    /// refused always, and names that RabbitMQ keeps for itself unless a pattern begins with <c>amq.</c>, but for
    /// queues that the broker has named (<c>amq.gen-…</c>), which are like any other. Direct reply-to is always allowed.
    /// </summary>
    public IList<string>? ReplyTo { get; set; }

    /// <summary>
    /// Whose a job is, for fair shares and a sender's own voice: the job's field <c>sender_id</c> (<c>field</c>), or the
    /// AMQP property <c>user_id</c>, which the broker checks against the producer's login. Jobs without that property are one sender's.
    /// </summary>
    [Required, AllowedValues(SenderFromField, SenderFromUserId)]
    public string SenderFrom { get; set; } = SenderFromField;

    /// <summary>
    /// Before each costly step the reply_to queue is looked for, if nothing was heard of it for this long: a requester
    /// who is gone costs no more work. 0 for never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReplyQueueCheck { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the queues' lengths are asked for, and whether all queues and exchanges are still there; one that was deleted is declared anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ObserveInterval { get; set; } = TimeSpan.FromSeconds(15);

    // The URI's user counts as the client reads it: guest when it names none.
    internal string UserName => Uri is null ? User : System.Uri.UnescapeDataString(new Uri(Uri).UserInfo.Split(':')[0]) is { Length: > 0 } user ? user : "guest";

    internal IReadOnlyList<TimeSpan> Delays => RetryDelays is null ? DefaultRetryDelays : [.. RetryDelays];

    internal IReadOnlyList<string> ReplyToPatterns => ReplyTo is null ? ["*"] : [.. ReplyTo];
}
