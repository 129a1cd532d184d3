using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Ports;

/// <summary>Speech to text.</summary>
public interface ISpeechRecognizer : IEngine
{
    /// <summary>Writes down what was said.</summary>
    /// <param name="audio">Mono float32 PCM at 16 kHz. Not read any more once the task has ended, however it ended.</param>
    /// <param name="language">ISO 639-1 code; null to detect the language.</param>
    /// <param name="cancellationToken">Ends the work, between tokens at the latest.</param>
    /// <exception cref="EngineException">The language is unknown to the model, or the engine failed.</exception>
    ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken);
}
