using Microsoft.Extensions.Options;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>The configured models, as the settings have them now.</summary>
/// <param name="loader">The engine, with its default model.</param>
/// <param name="options">The further ones.</param>
public sealed class ModelTable(ISpeechModelLoader loader, IOptionsMonitor<SpeechModelOptions> options)
{
    /// <summary>What the model is called that is used when nothing names another.</summary>
    public const string DefaultName = "default";

    private volatile SpeechModelOptions _lastGood = options.CurrentValue;

    /// <summary>Files by name, the default one first.</summary>
    /// <exception cref="OptionsValidationException">The settings were changed to something that is not allowed.</exception>
    public IReadOnlyList<(string Name, string Path)> Files =>
    [
        (DefaultName, loader.DefaultPath),
        .. options.CurrentValue.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, ModelFile.Resolve(file.Value))),
    ];

    /// <summary>The languages that have a model of their own, with its name. Settings that are not allowed change nothing: every job asks.</summary>
    public IReadOnlyDictionary<string, string> Languages
    {
        get
        {
            try
            {
                _lastGood = options.CurrentValue;
            }
            catch (OptionsValidationException)
            {
                // Whoever looks for changed files says so.
            }

            return _lastGood.Languages.AsReadOnly();
        }
    }
}
