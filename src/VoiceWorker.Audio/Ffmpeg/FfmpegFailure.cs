using VoiceWorker.Audio.Processes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Ffmpeg;

/// <summary>What a failed ffmpeg process means for the job, where that is the same for decoding and encoding.</summary>
internal static class FfmpegFailure
{
    /// <summary>How to get ffmpeg.</summary>
    public const string Remedy = "Install ffmpeg (apt-get install ffmpeg) or set Audio:FfmpegPath.";

    /// <summary>The error when the process, not the job's data, is to blame; null when it ended by itself with an exit code of its own.</summary>
    public static EngineException? OfProcess(ChildProcessResult result, string work, AudioOptions options) => result switch
    {
        { HasReadInput: false } => new EngineException(
            FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"ffmpeg does not work, it {result.Ending} before it had read anything: {result.ErrorLine}. {Remedy}"),
        { Outcome: ChildProcessOutcome.TimedOut } => EngineException.Transient(
            ErrorCode.StageTimeout, $"ffmpeg did not finish {work} within {options.ProcessTimeout.TotalSeconds:0} s and was stopped."),
        { Crashed: true } => EngineException.Transient(
            ErrorCode.Internal, $"ffmpeg crashed while {work} (signal {result.ExitCode - 128})."),
        _ => null,
    };
}
