using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Host.Cli.Models;

/// <summary>Where <c>models pull</c> gets models from and puts them (section <c>Stt:Pull</c>).</summary>
internal sealed class ModelPullOptions
{
    public const string Section = "Stt:Pull";

    /// <summary>Where the files are: <c>pull base</c> fetches <c>ggml-base.bin</c> from here. The default is the public place of whisper.cpp's own models.</summary>
    [Required, HttpAddress]
    public Uri BaseAddress { get; set; } = new("https://huggingface.co/ggerganov/whisper.cpp/resolve/main/");

    /// <summary>Where the files go, relative to the working directory.</summary>
    [Required]
    public string Folder { get; set; } = "models";

    /// <summary>How often an interrupted download goes on by itself.</summary>
    [Range(0, 1000)]
    public int Retries { get; set; } = 10;

    /// <summary>How long the server may be silent before that counts as an interruption.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class ModelPullOptionsValidator : IValidateOptions<ModelPullOptions>;
