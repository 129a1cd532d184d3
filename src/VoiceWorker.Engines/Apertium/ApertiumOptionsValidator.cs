using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Apertium;

/// <summary>Validates <see cref="ApertiumOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ApertiumOptionsValidator : IValidateOptions<ApertiumOptions>;
