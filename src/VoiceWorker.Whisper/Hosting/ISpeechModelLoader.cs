using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>An engine that runs model files. Which of them are in memory is <see cref="ModelHost"/>'s business.</summary>
public interface ISpeechModelLoader
{
    /// <summary>The engine's name, for logs, metrics and traces.</summary>
    string Name { get; }

    /// <summary>The file of the model that is used when neither the job nor its language names another.</summary>
    string DefaultPath { get; }

    /// <summary>The setting behind <see cref="DefaultPath"/>.</summary>
    string DefaultPathSetting { get; }

    /// <summary>Verifies a file and loads it.</summary>
    /// <exception cref="EngineException">The file is missing, broken or of a kind that this engine does not read; the message says which and why.</exception>
    ISpeechModel Load(string path);
}
