using System.ComponentModel.DataAnnotations;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The section <c>Translation:LibreTranslate</c>.</summary>
public sealed class LibreTranslateOptions : KeyedEngineOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Translation:LibreTranslate";

    /// <summary>The server's address. Default <c>http://127.0.0.1:5000/</c>, where a server on the same machine listens.</summary>
    [Required]
    [HttpAddress]
    public Uri? BaseAddress { get; set; } = new("http://127.0.0.1:5000/");
}
