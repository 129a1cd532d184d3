using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>Takes for speech, half a minute at a time, what <see cref="SpeechGate"/> lets pass.</summary>
/// <param name="silenceLevel">Below this level there is no speech, in dB below full scale.</param>
/// <param name="rise">Speech rises this far above the quiet parts, in dB.</param>
public sealed class LevelDetector(double silenceLevel, double rise) : ISpeechDetector
{
    private const int Block = 30 * DecodedAudio.SampleRate;
    private readonly SpeechGate _gate = new(silenceLevel, rise);

    /// <inheritdoc/>
    public IReadOnlyList<SpeechSpan> Detect(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        var spans = new List<SpeechSpan>();
        for (var (start, end) = (0, 0); start < samples.Length; start = end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A short rest might have no quiet part of its own.
            end = samples.Length - start < 2 * Block ? samples.Length : start + Block;
            if (!_gate.MayBeSpeech(samples[start..end]))
                continue;
            if (spans.Count > 0 && spans[^1].End == start)
                spans[^1] = spans[^1] with { End = end };
            else
                spans.Add(new(start, end));
        }

        return spans;
    }
}
