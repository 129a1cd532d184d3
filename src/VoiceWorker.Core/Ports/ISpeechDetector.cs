namespace VoiceWorker.Core.Ports;

/// <summary>Says where in a recording somebody speaks (voice activity detection). Thread-safe.</summary>
public interface ISpeechDetector
{
    /// <summary>Finds speech.</summary>
    /// <param name="samples">Mono at 16 kHz.</param>
    /// <param name="cancellationToken">Ends the work within a few milliseconds.</param>
    /// <returns>Where somebody speaks, in time order, with a pause between any two.</returns>
    /// <exception cref="EngineException">The detector failed.</exception>
    IReadOnlyList<SpeechSpan> Detect(ReadOnlySpan<float> samples, CancellationToken cancellationToken);
}
