using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.Core.Admission;

/// <summary>What the first stages did for a job, in the time that its speech takes: what its sender is charged in the end.</summary>
internal static class AdmissionCost
{
    private static readonly Stage[] FirstStages = [Stage.Decode, Stage.Transcribe, Stage.Translate];

    /// <summary>The cost of a job that leaves.</summary>
    /// <param name="result">What came of it: the length of what was heard or read, or a failure. One that is not the job's costs its sender nothing.</param>
    /// <param name="place">The job's place.</param>
    public static TimeSpan Of(Envelope result, AdmissionSlot place) => result switch
    {
        { Failure.Kind: FailureKind.BadJob or FailureKind.Cancelled } => Worked(result.Context.Timings),
        { Failed: true } => TimeSpan.Zero,
        // A few seconds of sound can be a lot of work to decode.
        Envelope<Transcript> heard => Longer(heard.Payload.AudioDuration, result.Context.Timings.Run(Stage.Decode)),
        _ => TimeSpan.FromSeconds(place.Cost),
    };

    private static TimeSpan Worked(StageTimings timings) => FirstStages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + timings.Run(stage));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
