using Microsoft.Extensions.Options;

namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>
/// Remembers the last jobs and how they ended. An acknowledgement can get lost; the broker then delivers a job again
/// that is done. It is answered from here instead of being done twice. A message that comes again while the first one
/// is still being worked on waits for it.
/// </summary>
internal sealed class FinishedJobs(IOptions<FinishedJobsOptions> options, SharedFinishedJobs shared, RabbitMqMetrics metrics, TimeProvider time)
{
    private readonly FinishedJobsOptions _options = options.Value;
    private readonly FinishedJobsRing _recent = new(options.Value.MaxBytes, options.Value.Retention, time);
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, TaskCompletionSource?> _running = [];

    /// <summary>
    /// Begins to work on a message. One that comes again while the first one is being worked on waits for it; a third
    /// one is busy at once: those that wait keep others from being delivered.
    /// </summary>
    public async ValueTask<FinishedJobsEntry> BeginAsync(UInt128 key)
    {
        var began = time.GetTimestamp();
        TaskCompletionSource first;
        lock (_lock)
        {
            if (_running.TryAdd(key, null))
                return FinishedJobsEntry.Begun;
            if (_running[key] is not null)
                return FinishedJobsEntry.Busy;
            _running[key] = first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        var left = _options.WaitForFirst - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await first.Task.WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Its turn was handed on, or it gives up waiting.
        lock (_lock)
        {
            if (first.Task.IsCompleted)
                return FinishedJobsEntry.Begun;
            _running[key] = null;
            return FinishedJobsEntry.GaveUp;
        }
    }

    /// <summary>Ends the work on a message; the one that waits, if one does, begins.</summary>
    public void End(UInt128 key)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(key, out var waiting))
                return;
            if (waiting is null)
                _running.Remove(key);
            else
                _running[key] = null;
            waiting?.SetResult();
        }
    }

    /// <summary>How the job ended, if it did lately.</summary>
    public ValueTask<FinishedJob?> FindAsync(UInt128 key) =>
        _recent.Find(key) is { } job ? new(job) : shared.IsOn ? shared.FindAsync(key) : default;

    /// <summary>Remembers a reply that is ready and not sent yet, in this worker alone; its bytes are copied.</summary>
    public void RememberReady(UInt128 key, string routingKey, ReadOnlyMemory<byte> reply)
    {
        _recent.Add(key, new(0, reply, routingKey, IsSent: false));
        metrics.FinishedBytes.Set(_recent.Bytes);
    }

    /// <summary>Notes that the broker has the reply.</summary>
    public ValueTask RememberSentAsync(UInt128 key, string routingKey, ReadOnlyMemory<byte> reply)
    {
        _recent.MarkSent(key);
        return shared.IsOn ? shared.RememberAsync(key, new(0, reply, routingKey)) : ValueTask.CompletedTask;
    }

    /// <summary>Remembers how a job ended, in place of what was known of it.</summary>
    /// <param name="key">The message.</param>
    /// <param name="job">How it ended; its bytes are copied.</param>
    public ValueTask RememberAsync(UInt128 key, FinishedJob job)
    {
        _recent.Add(key, job);
        metrics.FinishedBytes.Set(_recent.Bytes);
        return shared.IsOn ? shared.RememberAsync(key, job) : ValueTask.CompletedTask;
    }
}
