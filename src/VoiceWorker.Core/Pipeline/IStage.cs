using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Pipeline;

/// <summary>One stage's work: input in, output out. Time-out, retry, metrics, trace and log are <see cref="StageRunner{TIn,TOut}"/>'s.</summary>
/// <typeparam name="TIn">What the stage takes; disposed once the stage is through with it.</typeparam>
/// <typeparam name="TOut">What the stage makes.</typeparam>
internal interface IStage<in TIn, TOut>
{
    /// <summary>Which stage it is.</summary>
    Stage Stage { get; }

    /// <summary>Does the work; may throw anything.</summary>
    ValueTask<TOut> RunAsync(JobContext context, TIn input, CancellationToken cancellationToken);
}
