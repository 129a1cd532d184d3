using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Pipeline;

/// <summary>The jobs in the pipeline: finds one to cancel it, and tells when the last one has left after admission was closed.</summary>
internal sealed class JobsInPipeline
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<JobContext> _jobs = [];
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
                return _jobs.Count;
        }
    }

    /// <summary>Counts a job in, unless admission is closed.</summary>
    public bool TryEnter(JobContext job)
    {
        lock (_lock)
            return !_closed && _jobs.Add(job);
    }

    /// <summary>Counts a job out.</summary>
    public void Leave(JobContext job)
    {
        lock (_lock)
        {
            _jobs.Remove(job);
            if (_jobs.Count == 0 && _closed)
                _idle.TrySetResult();
        }
    }

    /// <summary>The jobs that a cancellation means, mostly one; and how many have its id but another sender.</summary>
    public (JobContext[] Meant, int Others) Find(Cancellation cancellation)
    {
        lock (_lock)
        {
            var sameId = _jobs.Where(job => job.Job.MessageId == cancellation.MessageId).ToLookup(job => cancellation.Matches(job.Job));
            return ([.. sameId[true]], sameId[false].Count());
        }
    }

    /// <summary>All jobs.</summary>
    public JobContext[] All()
    {
        lock (_lock)
            return [.. _jobs];
    }

    /// <summary>Lets no more jobs in; the task ends when the last one has left.</summary>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_jobs.Count == 0)
                _idle.TrySetResult();
        }

        return _idle.Task;
    }
}
