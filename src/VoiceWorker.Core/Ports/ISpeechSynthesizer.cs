using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Ports;

/// <summary>Text to speech.</summary>
public interface ISpeechSynthesizer : IEngine
{
    /// <summary>Speaks a text.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="language">ISO 639-1 code of the text, or with script and region a BCP 47 tag (<see cref="LanguageTag"/>).</param>
    /// <param name="voice">The job's wish; null for the sender's or the language's voice.</param>
    /// <param name="senderId">Sender id, if known.</param>
    /// <param name="cancellationToken">Ends the work, the child process included.</param>
    /// <exception cref="EngineException">No such voice, no voice for the language, or the engine failed.</exception>
    ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken);
}
