using System.Collections.Concurrent;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A pipeline without engines: what a test says happens to each job, up to the real publish and settle stages.</summary>
internal sealed class FakeSink : IJobSink
{
    private static readonly EndOfPipeline Pipeline = new();

    private readonly Func<VoiceJob, IDelivery, Task> _work;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _paused = new();
    private volatile TaskCompletionSource _open = new();
    private int _inFlight = 1;
    private int _draining;

    public FakeSink(Func<VoiceJob, IDelivery, Task> work, int capacity = 16)
    {
        (_work, Capacity) = (work, capacity);
        _open.SetResult();
    }

    public ConcurrentQueue<VoiceJob> Jobs { get; } = new();

    public ConcurrentQueue<Cancellation> Cancelled { get; } = new();

    public ConcurrentQueue<Exception> Errors { get; } = new();

    public int Capacity { get; }

    public int JobsInFlight => Volatile.Read(ref _inFlight) - (Volatile.Read(ref _draining) == 0 ? 1 : 0);

    public Task Paused => _paused.Task;

    public Task Resumed => _open.Task;

    /// <summary>Takes no jobs, as if an engine were down.</summary>
    public void Pause()
    {
        _open = new();
        _paused.SetResult();
    }

    public void Resume()
    {
        _paused = new();
        _open.SetResult();
    }

    public ValueTask<bool> SendAsync(VoiceJob job, IDelivery delivery)
    {
        if (Volatile.Read(ref _draining) != 0 || _paused.Task.IsCompleted)
            return new(false);
        Interlocked.Increment(ref _inFlight);
        Jobs.Enqueue(job);
        _ = RunAsync(job, delivery);
        return new(true);
    }

    public void Cancel(Cancellation cancellation) => Cancelled.Enqueue(cancellation);

    public Task DrainAsync()
    {
        if (Interlocked.Exchange(ref _draining, 1) == 0)
            Leave();
        return _idle.Task;
    }

    /// <summary>Answers a job as the pipeline does when all stages have worked.</summary>
    public static Task AnswerAsync(VoiceJob job, IDelivery delivery) => Pipeline.RunAsync(job, delivery, failure: null);

    /// <summary>Answers a job as the pipeline does when a stage has failed.</summary>
    public static Task FailAsync(VoiceJob job, IDelivery delivery, StageFailure failure) => Pipeline.RunAsync(job, delivery, failure);

    private async Task RunAsync(VoiceJob job, IDelivery delivery)
    {
        // As in the pipeline, nothing runs on the transport's own thread.
        await Task.Yield();
        try
        {
            await _work(job, delivery);
        }
        catch (Exception e)
        {
            Errors.Enqueue(e);
        }
        finally
        {
            delivery.Dispose();
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0)
            _idle.SetResult();
    }
}
