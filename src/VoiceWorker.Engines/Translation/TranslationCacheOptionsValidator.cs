using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Translation;

/// <summary>Validates <see cref="TranslationCacheOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TranslationCacheOptionsValidator : IValidateOptions<TranslationCacheOptions>;
