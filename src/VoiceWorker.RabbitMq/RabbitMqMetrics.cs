using System.Text.Json;
using Prometheus;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq;

/// <summary>Every metric of the broker's side. All series exist from the start.</summary>
internal sealed class RabbitMqMetrics
{
    public const string JobsQueue = "jobs";
    public const string RetryQueues = "retry";
    public const string IsolatedJobsQueue = "isolated";
    public const string DelayedReplyQueues = "replies";
    public const string DeadQueue = "dead";

    private readonly Gauge _connected;
    private readonly Counter _connects;
    private readonly Gauge _queueMessages;
    private readonly Counter.Child[][] _publishes;

    public RabbitMqMetrics(IMetricFactory metrics)
    {
        _connected = metrics.CreateGauge("voiceworker_rabbitmq_connected", "Whether the connection to the broker is up.", ["connection"]);
        _connects = metrics.CreateCounter("voiceworker_rabbitmq_connects_total", "Tries to connect to the broker.", ["connection", "outcome"]);
        Consuming = metrics.CreateGauge("voiceworker_rabbitmq_consuming", "Whether jobs are being taken from the queue.");
        Blocked = metrics.CreateGauge("voiceworker_rabbitmq_blocked", "Whether the broker takes no messages for want of memory or disk.");
        Unsettled = metrics.CreateGauge("voiceworker_rabbitmq_unsettled", "Deliveries in flight.");
        BytesInFlight = metrics.CreateGauge("voiceworker_rabbitmq_bytes_in_flight", "Bytes of the bodies of all jobs in flight.");
        Deliveries = metrics.CreateCounter("voiceworker_rabbitmq_deliveries_total", "Messages delivered to this worker.");
        Redeliveries = metrics.CreateCounter("voiceworker_rabbitmq_redeliveries_total", "Messages that were delivered to some worker before.");
        var duplicates = metrics.CreateCounter("voiceworker_rabbitmq_duplicates_total", "Messages that came again after their job was done, by what was done: the reply sent again, or just acknowledged.", ["answer"]);
        DuplicatesAnswered = duplicates.WithLabels("replied");
        DuplicatesDropped = duplicates.WithLabels("acknowledged");
        FinishedBytes = metrics.CreateGauge("voiceworker_finished_jobs_bytes", "Bytes of the replies that are kept for messages that come again.");
        SharedMemoryErrors = metrics.CreateCounter("voiceworker_finished_jobs_redis_errors_total", "Questions to the shared memory of finished jobs that failed or were not asked because it is down.");
        ConfirmTime = metrics.CreateHistogram("voiceworker_rabbitmq_confirm_seconds", "Time from sending a message to its confirm.",
            new HistogramConfiguration { Buckets = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60] });
        DeliveryAge = metrics.CreateHistogram("voiceworker_rabbitmq_delivery_age_seconds", "Age of a message at its first delivery, by the timestamp that its producer gave it (whole seconds).",
            new HistogramConfiguration { Buckets = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] });
        QueueConsumers = metrics.CreateGauge("voiceworker_rabbitmq_queue_consumers", "Consumers of the queue of jobs, over all workers. NaN while it is not known.");
        _queueMessages = metrics.CreateGauge("voiceworker_rabbitmq_queue_messages", "Messages that wait in the worker's queues: jobs, those waiting for their next attempt, those that run alone, delayed replies, and dead letters. NaN while it is not known.", ["queue"]);
        ForgetQueues();
        var settlements = metrics.CreateCounter("voiceworker_rabbitmq_settlements_total", "Deliveries ended, by what was done with them.", ["outcome"]);
        Acknowledged = settlements.WithLabels("acknowledged");
        Returned = settlements.WithLabels("returned");
        Rejected = settlements.WithLabels("rejected");
        Stale = settlements.WithLabels("stale");
        var publishes = metrics.CreateCounter("voiceworker_rabbitmq_publishes_total", "Messages sent, by what for and how it went.", ["purpose", "outcome"]);
        _publishes = [.. Enum.GetNames<PublishPurpose>().Select(purpose => Enum.GetNames<PublishOutcome>()
            .Select(outcome => publishes.WithLabels(JsonNamingPolicy.SnakeCaseLower.ConvertName(purpose), JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome))).ToArray())];
        foreach (var connection in (string[])[ConfirmedPublisher.ConnectionName, RabbitMqConsumer.ConnectionName, SideConnection.ConnectionName])
        {
            _connected.WithLabels(connection).Publish();
            _connects.WithLabels(connection, "succeeded").Publish();
            _connects.WithLabels(connection, "failed").Publish();
        }
    }

    public Gauge Consuming { get; }

    public Gauge Blocked { get; }

    public Gauge Unsettled { get; }

    public Gauge BytesInFlight { get; }

    public Counter Deliveries { get; }

    public Counter Redeliveries { get; }

    /// <summary>Messages that came again and whose reply was sent again.</summary>
    public Counter.Child DuplicatesAnswered { get; }

    /// <summary>Messages that came again although a copy of them is in a retry queue or in the dead letters.</summary>
    public Counter.Child DuplicatesDropped { get; }

    public Gauge FinishedBytes { get; }

    public Counter SharedMemoryErrors { get; }

    public Histogram ConfirmTime { get; }

    public Histogram DeliveryAge { get; }

    public Gauge QueueConsumers { get; }

    public Counter.Child Acknowledged { get; }

    public Counter.Child Returned { get; }

    public Counter.Child Rejected { get; }

    /// <summary>Deliveries whose channel was gone when the job was done: the broker delivers them again.</summary>
    public Counter.Child Stale { get; }

    public Gauge.Child QueueMessages(string queue) => _queueMessages.WithLabels(queue);

    /// <summary>Says that nothing is known about the queues: a number from before the connection was lost would look like one of now.</summary>
    public void ForgetQueues()
    {
        QueueConsumers.Set(double.NaN);
        foreach (var queue in (string[])[JobsQueue, RetryQueues, IsolatedJobsQueue, DelayedReplyQueues, DeadQueue])
            QueueMessages(queue).Set(double.NaN);
    }

    public Gauge.Child Connected(string connection) => _connected.WithLabels(connection);

    public void Connects(string connection, bool succeeded) => _connects.WithLabels(connection, succeeded ? "succeeded" : "failed").Inc();

    public void Published(PublishPurpose purpose, PublishOutcome outcome) => _publishes[(int)purpose][(int)outcome].Inc();
}
