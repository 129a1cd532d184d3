using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>Several speech models at once, and how long they stay in memory (section <c>Stt:Models</c>).</summary>
public sealed class SpeechModelOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Stt:Models";

    /// <summary>Further models by name, each a <c>ggml-*.bin</c> file: <c>Stt:Models:Files:clinic=/models/clinic.bin</c>. Jobs ask for one with their field <c>model</c>.</summary>
    public IDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The model's name by the language that a job says it is in: <c>Stt:Models:Languages:es=clinic</c>. Other languages, and detection, have the default model.</summary>
    public IDictionary<string, string> Languages { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A model that nobody used for so long leaves the memory; the next job that wants it loads it again. 0: never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan UnloadAfter { get; set; }

    /// <summary>
    /// How often changed files and settings are looked for. A changed file is loaded beside the old one, which is let go
    /// when its last job is done. 0: never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(10);
}
