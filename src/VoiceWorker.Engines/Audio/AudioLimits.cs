using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Audio;

/// <summary>The errors of audio that is too long, of which nothing is left, or that is none.</summary>
internal static class AudioLimits
{
    /// <summary>More samples than the limit allows.</summary>
    public static EngineException TooLong(TimeSpan limit) => EngineException.BadJob(
        ErrorCode.AudioTooLong, $"The audio plays longer than {limit.TotalSeconds:0.#} s, the limit; send it in shorter pieces.");

    /// <summary>A file without a single sample.</summary>
    public static EngineException NoSamples() =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio has no samples; nothing was recorded.");

    /// <summary>Samples without a value.</summary>
    public static EngineException NoNumbers() =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio is damaged: it has samples that are no numbers (NaN) or infinite.");
}
