using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>A speech recognition model in memory. Thread-safe. Disposing it ends, or waits for, what is running.</summary>
public interface ISpeechModel : IAsyncDisposable
{
    /// <summary>Engine, file, dimensions and languages, for an operator.</summary>
    string Description { get; }

    /// <summary>Writes down what was said.</summary>
    /// <param name="audio">Mono float32 PCM at 16 kHz, every sample finite. Not read any more once the task has ended, however it ended.</param>
    /// <param name="language">ISO 639-1 code; null to detect the language.</param>
    /// <param name="cancellationToken">Ends the work, between tokens at the latest.</param>
    /// <exception cref="EngineException">The language is unknown to the model, or the engine failed.</exception>
    Task<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken);
}
