using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.OpenAi.Recognition;

/// <summary>Validates <see cref="OpenAiRecognitionOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class OpenAiRecognitionOptionsValidator : IValidateOptions<OpenAiRecognitionOptions>;
