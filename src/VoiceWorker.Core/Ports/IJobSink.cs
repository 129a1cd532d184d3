using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Ports;

/// <summary>Where a consumer puts its jobs.</summary>
public interface IJobSink
{
    /// <summary>How many jobs fit in at once: the consumer's prefetch.</summary>
    int Capacity { get; }

    /// <summary>Hands over a job; completes when it is in, which may take a while when the mesh is full.</summary>
    /// <returns>False when the mesh takes no more jobs: the delivery is then still the caller's.</returns>
    ValueTask<bool> SendAsync(VoiceJob job, IDelivery delivery);

    /// <summary>Takes no more jobs and returns once every accepted one is settled, within the configured time.</summary>
    Task DrainAsync();
}
