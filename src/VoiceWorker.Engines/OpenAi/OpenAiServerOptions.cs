using System.ComponentModel.DataAnnotations;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>What the adapters for OpenAI-compatible servers have in common.</summary>
public abstract class OpenAiServerOptions : KeyedEngineOptions
{
    /// <summary>The server's address, up to and with the <c>/v1</c> that most have. Default <c>https://api.openai.com/v1/</c>.</summary>
    [Required]
    [HttpAddress]
    public Uri? BaseAddress { get; set; } = new("https://api.openai.com/v1/");

    /// <summary>The model's name, as the server knows it.</summary>
    [Required]
    public string? Model { get; set; }
}
