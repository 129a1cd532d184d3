using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>Validates <see cref="OpenAiTranslationOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class OpenAiTranslationOptionsValidator : IValidateOptions<OpenAiTranslationOptions>;
