using Microsoft.Extensions.Options;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>Checks the ranges that the attributes of <see cref="OnnxWhisperOptions"/> state.</summary>
[OptionsValidator]
public sealed partial class OnnxWhisperOptionsValidator : IValidateOptions<OnnxWhisperOptions>;
