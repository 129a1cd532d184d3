using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Remembers the last jobs and how they ended. An acknowledgement can get lost; the broker then delivers a job again
/// that is done. It is answered from here instead of being done twice. A message that comes again while the first one
/// is still being worked on waits for it.
/// </summary>
internal sealed class FinishedJobs(IOptions<FinishedJobsOptions> options, SharedFinishedJobs shared, RabbitMqMetrics metrics, TimeProvider time)
{
    // What an entry takes beside its reply.
    private const int Overhead = 200;

    private readonly FinishedJobsOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, (FinishedJob Job, long At)> _jobs = [];
    private readonly Queue<(UInt128 Key, long At, int Bytes)> _order = new();
    private readonly Dictionary<UInt128, TaskCompletionSource> _running = [];
    private long _bytes;

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
            await ((Task)first.WaitAsync(left, time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
    public ValueTask<FinishedJob?> FindAsync(UInt128 key)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(key, out var found) && time.GetElapsedTime(found.At) <= _options.Retention)
                return new(found.Job);
        }

        return shared.IsOn ? shared.FindAsync(key) : default;
    }

    /// <summary>Remembers how a job ended, in place of what was known of it.</summary>
    public ValueTask RememberAsync(UInt128 key, FinishedJob job)
    {
        var bytes = Overhead + job.Reply.Length;
        if (bytes <= _options.MaxBytes)
            Keep(key, job, bytes);
        return shared.IsOn ? shared.RememberAsync(key, job) : ValueTask.CompletedTask;
    }

    private void Keep(UInt128 key, FinishedJob job, int bytes)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _jobs[key] = (job, now);
            _order.Enqueue((key, now, bytes));
            _bytes += bytes;
            while (_bytes > _options.MaxBytes || time.GetElapsedTime(_order.Peek().At, now) > _options.Retention)
                Forget(_order.Dequeue());
            metrics.FinishedBytes.Set(_bytes);
        }
    }

    private void Forget((UInt128 Key, long At, int Bytes) oldest)
    {
        _bytes -= oldest.Bytes;
        // What ended again later stands further back once more.
        if (_jobs.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
            _jobs.Remove(oldest.Key);
    }
}
