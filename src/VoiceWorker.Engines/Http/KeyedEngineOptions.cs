using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.Http;

/// <summary>What every engine that may ask for a key has in common.</summary>
public abstract class KeyedEngineOptions : HttpEngineOptions, IValidatableObject
{
    /// <summary>The key itself, for a server that wants one. Prefer <see cref="ApiKeyFile"/> or an environment variable.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A file that holds the key and nothing else; read for every request, so that a key can be changed in place.</summary>
    public string? ApiKeyFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(ApiKey) && !string.IsNullOrEmpty(ApiKeyFile))
            yield return new ValidationResult("Set ApiKey or ApiKeyFile, not both.", [nameof(ApiKey), nameof(ApiKeyFile)]);
        if (!string.IsNullOrEmpty(ApiKeyFile) && !File.Exists(ApiKeyFile))
            yield return new ValidationResult($"The ApiKeyFile '{ApiKeyFile}' does not exist or may not be read.", [nameof(ApiKeyFile)]);
    }

    /// <summary>The key to send now; null when there is none.</summary>
    /// <exception cref="IOException">The key file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The key file may not be read.</exception>
    internal string? ReadKey()
    {
        var key = string.IsNullOrEmpty(ApiKeyFile) ? ApiKey : File.ReadAllText(ApiKeyFile).Trim();
        return string.IsNullOrEmpty(key) ? null : key;
    }
}
