using Microsoft.Extensions.Options;

namespace VoiceWorker.WhisperNet;

/// <summary>Checks <see cref="WhisperNetOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class WhisperNetOptionsValidator : IValidateOptions<WhisperNetOptions>;
