using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Ports;

/// <summary>Where a consumer puts its jobs.</summary>
public interface IJobSink
{
    /// <summary>How many jobs fit in at once: the consumer's prefetch.</summary>
    int Capacity { get; }

    /// <summary>Jobs accepted and not yet settled.</summary>
    int JobsInFlight { get; }

    /// <summary>Hands over a job; completes when it is in, which may take a while when the pipeline is full.</summary>
    /// <returns>False while the pipeline takes no jobs (paused or draining): the delivery is then still the caller's.</returns>
    ValueTask<bool> SendAsync(VoiceJob job, IDelivery delivery);

    /// <summary>Ends when an engine that no job can do without is down: stop consuming, and return what was not taken.</summary>
    Task Paused { get; }

    /// <summary>Ends when jobs are taken again.</summary>
    Task Resumed { get; }

    /// <summary>Ends the job that is meant, wherever it is, or as soon as it comes in within the configured time.</summary>
    void Cancel(Cancellation cancellation);

    /// <summary>Takes no more jobs and returns once every accepted one is settled, within the configured time.</summary>
    Task DrainAsync();
}
