using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Translation;

/// <summary>Validates <see cref="TranslationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TranslationOptionsValidator : IValidateOptions<TranslationOptions>;
