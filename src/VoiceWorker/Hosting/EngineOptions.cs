using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.VoiceActivity;

namespace VoiceWorker.Host.Hosting;

/// <summary>Which engine recognises speech (section <c>Stt</c>).</summary>
internal sealed class SttOptions
{
    public const string Section = "Stt";

    /// <summary>
    /// <c>onnx</c>, <c>whisper.net</c>, <c>openai</c>, or <c>auto</c>: whisper.net when it is in the build, else onnx.
    /// Several with commas between them are tried in that order: <c>openai,onnx</c>.
    /// </summary>
    [Required, EngineNames("auto", "onnx", "whisper.net", "openai")]
    public string Engine { get; set; } = "auto";

    /// <summary>The whisper.cpp model file (<c>ggml-*.bin</c>) for both local engines, each of which may have its own instead.</summary>
    [Required]
    public string ModelPath { get; set; } = ModelFile.Demo;

    /// <summary>
    /// How speech is told from other sound before either local engine hears it, which would invent words for it:
    /// <c>silero</c>, a small network for that and nothing else; <c>level</c>, by the engine's <c>SilenceDecibels</c> and
    /// <c>SpeechRiseDecibels</c> alone; <c>off</c>.
    /// </summary>
    [Required, AllowedValues(SpeechDetectionServiceCollectionExtensions.Silero, SpeechDetectionServiceCollectionExtensions.Level, SpeechDetectionServiceCollectionExtensions.Off, ErrorMessage = "Stt:Vad must be silero, level or off.")]
    public string Vad { get; set; } = SpeechDetectionServiceCollectionExtensions.Silero;
}

/// <summary>Which engine speaks (section <c>Tts</c>).</summary>
internal sealed class TtsOptions
{
    public const string Section = "Tts";

    /// <summary><c>espeak-ng</c> or <c>openai</c>. Several with commas between them are tried in that order: <c>openai,espeak-ng</c>.</summary>
    [Required, EngineNames("espeak-ng", "openai")]
    public string Engine { get; set; } = "espeak-ng";
}

[OptionsValidator]
internal sealed partial class SttOptionsValidator : IValidateOptions<SttOptions>;

[OptionsValidator]
internal sealed partial class TtsOptionsValidator : IValidateOptions<TtsOptions>;
