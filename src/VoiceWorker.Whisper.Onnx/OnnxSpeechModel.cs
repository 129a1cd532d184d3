using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>A model on ONNX Runtime. Recordings that are recognised at the same time share each decoder step.</summary>
internal sealed class OnnxSpeechModel(
    string path, WhisperModel model, ISpeechDetector detector, OnnxWhisperOptions options, WhisperMetrics metrics) : ISpeechModel
{
    /// <inheritdoc/>
    public string Description { get; } = Describe(path, model);

    /// <inheritdoc/>
    public async Task<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        try
        {
            return await new RecordingTranscriber(model, detector, options, metrics).TranscribeAsync(audio, model.Languages.Check(language), cancellationToken);
        }
        catch (OnnxRuntimeException exception)
        {
            throw EngineException.Transient(ErrorCode.RecognitionFailed, $"the speech recognition network failed: {exception.Message}", exception);
        }
    }

    public ValueTask DisposeAsync() => model.DisposeAsync();

    private static string Describe(string path, WhisperModel model)
    {
        var d = model.Dimensions;
        return $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {Path.GetFileName(path)} ({d.AudioState} x {d.AudioHeads} heads, {d.AudioLayers} + {d.TextLayers} layers, {d.MatrixType.DisplayName()}), {model.Languages.Allowed.Count} languages";
    }
}
