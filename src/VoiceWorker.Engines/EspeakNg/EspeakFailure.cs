using VoiceWorker.Audio.Processes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>What a failed espeak-ng process means for the job.</summary>
internal static class EspeakFailure
{
    /// <summary>How to get espeak-ng.</summary>
    public const string Remedy = "Install espeak-ng (apt-get install espeak-ng) or set Tts:EspeakNg:Path.";

    /// <summary>The error of a run that did not succeed.</summary>
    public static EngineException Of(ChildProcessResult result, EspeakNgOptions options) => result switch
    {
        { HasReadInput: false } => new EngineException(
            FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"espeak-ng does not work, it {result.Ending} before it had read anything: {result.ErrorLine}. {Remedy}"),
        { Outcome: ChildProcessOutcome.TimedOut } => EngineException.Transient(
            ErrorCode.StageTimeout, $"espeak-ng did not finish within {options.ProcessTimeout.TotalSeconds:0} s and was stopped."),
        { Outcome: ChildProcessOutcome.OutputTooLarge } => EngineException.BadJob(
            ErrorCode.InputTooLarge, $"The spoken text would be longer than {options.MaxDuration.TotalSeconds:0} s, the limit."),
        _ => EngineException.Transient(
            ErrorCode.SynthesisFailed, $"espeak-ng failed with exit code {result.ExitCode}: {result.ErrorLine}"),
    };
}
