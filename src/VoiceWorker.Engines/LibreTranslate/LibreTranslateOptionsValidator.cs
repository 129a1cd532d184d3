using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>Validates <see cref="LibreTranslateOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class LibreTranslateOptionsValidator : IValidateOptions<LibreTranslateOptions>;
