using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>The section <c>Tts:OpenAi</c>.</summary>
public sealed class OpenAiSpeechOptions : OpenAiServerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Tts:OpenAi";

    /// <summary>Creates the defaults: model <c>tts-1</c>.</summary>
    public OpenAiSpeechOptions() => Model = "tts-1";

    /// <summary>The voice where nothing else applies. Default <c>alloy</c>.</summary>
    [Required]
    public string Voice { get; set; } = "alloy";

    /// <summary>Voice by language (ISO 639-1 code).</summary>
    public IDictionary<string, string> LanguageVoices { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Voice by sender.</summary>
    public IDictionary<string, string> SenderVoices { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The voices that a job may ask for; empty (default): any, and the server decides.</summary>
    public IList<string> AllowedVoices { get; } = [];

    /// <summary>What is asked of the server: <c>wav</c> (default, it says its own sample rate) or <c>pcm</c>.</summary>
    [AllowedValues("wav", "pcm", ErrorMessage = "Tts:OpenAi:ResponseFormat must be wav or pcm.")]
    public string ResponseFormat { get; set; } = "wav";

    /// <summary>The sample rate of <c>pcm</c>, in Hz. Default 24000, as OpenAI has it.</summary>
    [Range(4000, 192_000)]
    public int PcmSampleRate { get; set; } = 24_000;

    /// <summary>Longer texts are spoken in pieces, cut behind sentences. In UTF-16 characters, default 4096, OpenAI's limit.</summary>
    [Range(16, 1_000_000)]
    public int MaxCharacters { get; set; } = 4096;
}
