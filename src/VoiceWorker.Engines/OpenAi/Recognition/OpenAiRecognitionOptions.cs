using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.OpenAi.Recognition;

/// <summary>The section <c>Stt:OpenAi</c>.</summary>
public sealed class OpenAiRecognitionOptions : OpenAiServerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Stt:OpenAi";

    /// <summary>Creates the defaults: model <c>whisper-1</c>, time-out 5 minutes.</summary>
    public OpenAiRecognitionOptions() => (Model, Timeout) = ("whisper-1", TimeSpan.FromMinutes(5));

    /// <summary>
    /// What is asked of the server: <c>verbose_json</c> (default, with segments and the language) or <c>json</c>, for
    /// models that know no other; the language must then be named by the job.
    /// </summary>
    [AllowedValues("verbose_json", "json", ErrorMessage = "Stt:OpenAi:ResponseFormat must be verbose_json or json.")]
    public string ResponseFormat { get; set; } = "verbose_json";
}
