using System.Threading.Tasks.Dataflow;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Admission;

/// <summary>Where jobs of one kind come into the pipeline: each waits for its turn and goes into its first block, or is refused.</summary>
/// <typeparam name="T">What the first block takes.</typeparam>
/// <param name="admission">Whose turn it is.</param>
/// <param name="first">The first block.</param>
/// <param name="refused">Where a job goes whose turn never came.</param>
/// <param name="metrics">Where those that wait are counted.</param>
internal sealed class AdmissionQueue<T>(AdmissionOrder admission, ITargetBlock<Envelope<T>> first, ITargetBlock<Envelope> refused, PipelineMetrics metrics)
{
    /// <summary>Brings a job in; completes when it is in.</summary>
    /// <param name="context">The job.</param>
    /// <param name="payload">What it begins with.</param>
    /// <param name="length">How long its speech is, roughly.</param>
    public async ValueTask<bool> EnterAsync(JobContext context, T payload, TimeSpan length)
    {
        var place = context.Place = admission.Enter(context.Job, length);
        if (!place.Admitted.IsCompletedSuccessfully)
            await WaitAsync(context, place);
        // The blocks complete only after the last accepted job is settled, so neither can be refused.
        return place.Admitted.IsCompletedSuccessfully
            ? await first.SendAsync(new(context, payload))
            : await refused.SendAsync(new Envelope<TranslationReply>(context, context.AbortFailure(Stage.Intake) ?? StageFailure.WorkerStopping(Stage.Intake)));
    }

    /// <summary>Lets nobody in any more: what has not begun goes to a worker that stays.</summary>
    public void Close() => admission.Close();

    private async Task WaitAsync(JobContext context, AdmissionSlot place)
    {
        using var counted = metrics.JobsWaiting.TrackInProgress();
        using (context.Aborted.UnsafeRegister(static place => ((AdmissionSlot)place!).TryCancel(), place))
            await place.Admitted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
