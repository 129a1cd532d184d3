using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Tokens;

/// <summary>What must hold of samples before a native library sees them: others give garbage without an error.</summary>
public static class SampleCheck
{
    /// <summary>Shorter audio holds no word; whisper.cpp refuses it too.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>Refuses samples that are NaN or infinite.</summary>
    /// <param name="samples">Mono float32 PCM.</param>
    /// <exception cref="EngineException">A sample is not finite: <see cref="ErrorCode.UnsupportedAudio"/>.</exception>
    public static void ThrowIfNotFinite(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            if (!float.IsFinite(samples[i]))
                throw EngineException.BadJob(
                    ErrorCode.UnsupportedAudio,
                    $"sample {i} of the audio is {samples[i]}; every sample must be a finite number in [-1, 1]");
    }
}
