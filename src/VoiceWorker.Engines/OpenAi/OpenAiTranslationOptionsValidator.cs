using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Validates <see cref="OpenAiTranslationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class OpenAiTranslationOptionsValidator : IValidateOptions<OpenAiTranslationOptions>;
