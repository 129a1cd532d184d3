using Microsoft.Extensions.Options;

namespace VoiceWorker.Audio;

/// <summary>Checks <see cref="AudioOptions"/> at start; the code is generated from their attributes.</summary>
[OptionsValidator]
public sealed partial class AudioOptionsValidator : IValidateOptions<AudioOptions>;
