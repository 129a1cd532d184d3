using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.RabbitMq;

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
    private readonly Dictionary<UInt128, TaskCompletionSource> _running = [];

    /// <summary>Begins to work on a message; waits while the same one is being worked on.</summary>
    /// <returns>Whether it is the only one now, and <see cref="End"/> has to be told; false when the wait took too long.</returns>
    public async ValueTask<bool> BeginAsync(UInt128 key)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            Task first;
            lock (_lock)
            {
                if (_running.TryAdd(key, null!))
                    return true;
                first = (_running[key] ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            var left = _options.WaitForFirst - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            await first.WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the work on a message.</summary>
    public void End(UInt128 key)
    {
        lock (_lock)
        {
            if (_running.Remove(key, out var waiting))
                waiting?.SetResult();
        }
    }

    /// <summary>How the job ended, if it did lately.</summary>
    public ValueTask<FinishedJob?> FindAsync(UInt128 key) =>
        _recent.Find(key) is { } job ? new(job) : shared.IsOn ? shared.FindAsync(key) : default;

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
