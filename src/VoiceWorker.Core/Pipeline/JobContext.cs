using System.Diagnostics;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Admission;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Pipeline;

/// <summary>What travels with a job through every stage: the request, its delivery, its clock and its cancellation.</summary>
public sealed class JobContext : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private ProgressEvent? _reported;
    private volatile bool _cancelled;
    private volatile bool _stopped;
    private volatile bool _abandoned;

    internal JobContext(VoiceJob job, IDelivery delivery, TimeProvider time)
    {
        Job = job;
        Delivery = delivery;
        ReceivedAt = QueuedAt = time.GetTimestamp();
        Activity = VoiceWorkerTracing.StartJob(job);
        if (job.Deadline is { } deadline)
            AbortAfter(deadline - time.GetUtcNow());
    }

    /// <summary>The request.</summary>
    public VoiceJob Job { get; }

    /// <summary>How to answer and settle it.</summary>
    public IDelivery Delivery { get; }

    /// <summary>How long each stage took so far.</summary>
    public StageTimings Timings { get; } = new();

    /// <summary>Fires at the job's deadline, when its producer cancels it, and when the worker stops by force.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>The job's place in the first stages, which it gives up when they are done with it.</summary>
    internal AdmissionSlot? Place { get; set; }

    /// <summary>What is spoken so far.</summary>
    internal RecordingPair<Speech> Spoken { get; } = new();

    /// <summary>What is encoded so far.</summary>
    internal RecordingPair<EncodedAudio> Encoded { get; } = new();

    internal long ReceivedAt { get; }

    internal long QueuedAt { get; set; }

    internal Activity? Activity { get; }

    // Timers take at most 2^32 - 2 ms; a deadline further away than this is no deadline for a voice job.
    private static TimeSpan MaxTimer => TimeSpan.FromDays(40);

    /// <summary>Tells the producer how far its job is, if it asked for that. A lost progress message never fails the job.</summary>
    public async ValueTask ReportAsync(ProgressEvent progress, string? text = null)
    {
        // A retried stage reports nothing twice: progress only goes forward. Work that was given up reports nothing at all.
        if (!Job.WantsProgress || _reported >= progress || _abandoned)
            return;
        _reported = progress;
        try
        {
            await Delivery.ReplyAsync(new ProgressReply(Job.MessageId, progress, text), Aborted);
        }
        catch (Exception e) when (e is EngineException or ReplyUndeliverableException or OperationCanceledException)
        {
            Activity?.AddEvent(new ActivityEvent("progress message lost"));
        }
    }

    /// <summary>Why the job was aborted; null when it was not.</summary>
    internal StageFailure? AbortFailure(Stage stage) =>
        _stopped ? StageFailure.WorkerStopping(stage)
        : _cancelled ? new(stage, FailureKind.Cancelled, ErrorCode.Cancelled, "Processing failed: the job was cancelled.")
        : Aborted.IsCancellationRequested ? new(stage, FailureKind.BadJob, ErrorCode.DeadlineExceeded, $"Processing failed: the job's deadline {Job.Deadline:O} has passed.")
        : null;

    /// <summary>
    /// Some work on the job was given up and may go on reading whatever it was given: from now on none of the job's memory
    /// goes back to a pool.
    /// </summary>
    internal void AbandonMemory()
    {
        _abandoned = true;
        Delivery.AbandonMemory();
    }

    /// <summary>Gives back what a stage no longer needs, unless work that was given up may still read it.</summary>
    internal void Release(object? input)
    {
        if (!_abandoned)
            (input as IDisposable)?.Dispose();
    }

    /// <summary>Ends the job: its producer wants it no more.</summary>
    internal void Cancel()
    {
        _cancelled = true;
        Abort();
    }

    /// <summary>Ends the job: the worker stops, and another one will do it.</summary>
    internal void Stop()
    {
        _stopped = true;
        Abort();
    }

    /// <summary>Gives up the job's place in the first stages, if it still has one; its sender is charged what they did.</summary>
    internal void LeaveAdmission(Envelope result)
    {
        if (Place is { } place)
            place.Leave(AdmissionCost.Of(result, place));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Place?.Dispose();
        Activity?.Dispose();
        _abort.Dispose();
    }

    private void AbortAfter(TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
            _abort.Cancel();
        else if (left < MaxTimer)
            _abort.CancelAfter(left);
    }

    private void Abort()
    {
        try
        {
            _ = _abort.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            Activity?.AddEvent(new ActivityEvent("aborted too late"));
        }
    }
}
