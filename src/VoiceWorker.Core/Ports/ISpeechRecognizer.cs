using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

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

    /// <summary>Writes down what was said, with the model that the job asks for.</summary>
    /// <param name="audio">As above.</param>
    /// <param name="language">As above.</param>
    /// <param name="model">The model's name; null for the engine's choice.</param>
    /// <param name="cancellationToken">As above.</param>
    /// <exception cref="EngineException">There is no such model; or as above.</exception>
    ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, string? model, CancellationToken cancellationToken) => model is null
        ? RecognizeAsync(audio, language, cancellationToken)
        : throw EngineException.BadJob(ErrorCode.UnsupportedOption, $"{Name} has no models to choose from; leave 'model' out");
}
