using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>Validates <see cref="OpenAiSpeechOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class OpenAiSpeechOptionsValidator : IValidateOptions<OpenAiSpeechOptions>;
