using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Checks <see cref="EspeakNgOptions"/> at start; the code is generated from their attributes.</summary>
[OptionsValidator]
public sealed partial class EspeakNgOptionsValidator : IValidateOptions<EspeakNgOptions>;
