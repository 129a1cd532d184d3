using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio;

/// <summary>The errors of audio that is beyond a limit, of which nothing is left, or that is none.</summary>
internal static class AudioLimits
{
    /// <summary>More samples than the limit allows.</summary>
    public static EngineException TooLong(TimeSpan limit) => EngineException.BadJob(
        ErrorCode.AudioTooLong, $"The audio plays longer than {limit.TotalSeconds:0.#} s, the limit; send it in shorter pieces.");

    /// <summary>A sample rate outside of the limits.</summary>
    /// <param name="format">The audio's format.</param>
    /// <param name="options">The limits.</param>
    /// <param name="rate">The rate, in Hz, where it is known.</param>
    public static EngineException SampleRate(string format, AudioOptions options, int? rate = null) => EngineException.BadJob(
        ErrorCode.UnsupportedAudio,
        $"The sample rate of the audio ({format}) is {(rate is null ? "out of bounds" : $"{rate} Hz")}; accepted are {options.MinSampleRate} to {options.MaxSampleRate} Hz.");

    /// <summary>More channels than the limit allows.</summary>
    public static EngineException Channels(string format, int channels, AudioOptions options) => EngineException.BadJob(
        ErrorCode.UnsupportedAudio, $"The audio ({format}) has {channels} channels; accepted are 1 to {options.MaxChannels}.");

    /// <summary>Decoding takes more processor time than one recording may have.</summary>
    public static EngineException TooCostly(string format, TimeSpan limit) => EngineException.BadJob(
        ErrorCode.InputTooLarge,
        $"The audio ({format}) takes longer than {limit.TotalSeconds:0.#} s of processor time to decode, the limit; send it in shorter pieces, or with fewer channels and samples a second.");

    /// <summary>A file without a single sample.</summary>
    public static EngineException NoSamples() =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio has no samples; nothing was recorded.");

    /// <summary>Samples without a value.</summary>
    public static EngineException NoNumbers() =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio is damaged: it has samples that are no numbers (NaN) or infinite.");
}
