using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>Checks the fields of <see cref="SpeechModelOptions"/> and that names and languages lead somewhere; reports everything it finds.</summary>
public sealed class SpeechModelOptionsValidator : IValidateOptions<SpeechModelOptions>
{
    private readonly SpeechModelFieldsValidator _fields = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SpeechModelOptions options)
    {
        const string Section = SpeechModelOptions.Section;
        var errors = new ValidateOptionsResultBuilder();
        errors.AddResult(_fields.Validate(name, options));
        if (options.Files.ContainsKey(ModelTable.DefaultName))
            errors.AddError($"{Section}:Files:{ModelTable.DefaultName} is taken: the default model is Stt:ModelPath. Choose another name.");
        foreach (var (model, _) in options.Files.Where(file => string.IsNullOrWhiteSpace(file.Value)))
            errors.AddError($"{Section}:Files:{model} is empty; it must be a ggml model file.");
        foreach (var (language, _) in options.Languages.Where(language => !IsOwnCode(language.Key)))
            errors.AddError($"{Section}:Languages:{language} is no ISO 639-1 code such as 'es'{(LanguageTag.TryParse(language, out var tag) ? $"; write '{tag.Language}'" : "")}.");
        foreach (var (language, model) in options.Languages.Where(language => !options.Files.ContainsKey(language.Value)))
            errors.AddError($"{Section}:Languages:{language} is '{model}', which {Section}:Files does not name; it names {(options.Files.Count == 0 ? "none" : string.Join(", ", options.Files.Keys))}.");
        return errors.Build();
    }

    // Jobs have their languages' own codes, whatever their producers wrote.
    private static bool IsOwnCode(string language) => LanguageTag.TryParse(language, out var tag) && tag.ToString().Equals(language, StringComparison.OrdinalIgnoreCase) && !tag.HasVariant;
}

[OptionsValidator]
internal sealed partial class SpeechModelFieldsValidator : IValidateOptions<SpeechModelOptions>;
