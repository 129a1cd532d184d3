using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Recognition;

/// <summary>
/// What must be known of samples before a speech recogniser sees them: whisper models invent words for empty and for
/// silent audio, and give garbage without an error for samples that are not finite.
/// </summary>
public static class SampleCheck
{
    /// <summary>Shorter audio holds no word; whisper.cpp refuses it too.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private const int WindowLength = DecodedAudio.SampleRate / 10;

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

    /// <summary>The level of the loudest 100 ms.</summary>
    /// <param name="samples">Mono float32 PCM at 16 kHz.</param>
    /// <returns>The root mean square in decibels relative to full scale; negative infinity for digital silence.</returns>
    public static double LoudestDecibels(ReadOnlySpan<float> samples)
    {
        var loudest = 0.0;
        for (; !samples.IsEmpty; samples = samples[Math.Min(WindowLength, samples.Length)..])
        {
            var energy = 0.0;
            foreach (var sample in samples[..Math.Min(WindowLength, samples.Length)])
                energy += (double)sample * sample;
            loudest = Math.Max(loudest, energy / WindowLength);
        }
        return 10 * Math.Log10(loudest);
    }
}
