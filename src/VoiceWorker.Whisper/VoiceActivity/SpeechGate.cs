namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>
/// Tells silence and steady noise from what might be speech, by the level of frames of 30 ms. Whisper invents words for
/// sound without speech; this keeps most of it away from the network. In doubt it lets sound pass.
/// </summary>
/// <param name="silenceLevel">Below this level there is no speech, in dB below full scale.</param>
/// <param name="rise">Speech rises this far above the quiet parts, in dB.</param>
public sealed class SpeechGate(double silenceLevel, double rise)
{
    private const int ShortestSpeech = 2;

    /// <summary>Whether there might be speech.</summary>
    /// <param name="samples">Mono at 16 kHz.</param>
    public bool MayBeSpeech(ReadOnlySpan<float> samples)
    {
        var levels = SoundLevels.Of(samples);
        if (levels.Length < ShortestSpeech)
            return false;

        var loud = levels[^ShortestSpeech];
        return loud >= silenceLevel && loud - SoundLevels.Quiet(levels) >= rise;
    }
}
