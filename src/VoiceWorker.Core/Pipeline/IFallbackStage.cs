using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Pipeline;

/// <summary>A stage that the job can do without: when it has failed for good, the job goes on with less.</summary>
internal interface IFallbackStage<in TIn, TOut>
{
    /// <summary>What the job goes on with, or null when the failure must stand.</summary>
    TOut? Fallback(JobContext context, TIn input, StageFailure failure);
}
