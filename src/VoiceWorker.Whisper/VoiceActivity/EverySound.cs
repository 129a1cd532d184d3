using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>No voice activity detection: a recording may be speech from its beginning to its end.</summary>
public sealed class EverySound : ISpeechDetector
{
    /// <inheritdoc/>
    public IReadOnlyList<SpeechSpan> Detect(ReadOnlySpan<float> samples, CancellationToken cancellationToken) =>
        samples.IsEmpty ? [] : [new(0, samples.Length)];
}
