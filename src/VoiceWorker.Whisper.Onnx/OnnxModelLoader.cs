using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>The <c>onnx</c> engine: Whisper on ONNX Runtime.</summary>
/// <param name="options">Settings.</param>
/// <param name="metrics">Where the metrics go.</param>
/// <param name="detector">Finds speech; null to go by its level.</param>
/// <param name="heartbeat">Is told that recordings move on; null for nobody.</param>
internal sealed class OnnxModelLoader(
    IOptionsMonitor<OnnxWhisperOptions> options, IMetricFactory metrics, ISpeechDetector? detector = null, IHeartbeat? heartbeat = null) : ISpeechModelLoader
{
    private readonly WhisperMetrics _metrics = new(metrics, heartbeat);

    /// <inheritdoc/>
    public string Name => OnnxSpeechRecognitionServiceCollectionExtensions.EngineName;

    /// <inheritdoc/>
    public string DefaultPath => options.CurrentValue.ModelPath;

    /// <inheritdoc/>
    public string DefaultPathSetting => $"{OnnxWhisperOptions.Section}:{nameof(OnnxWhisperOptions.ModelPath)}";

    /// <inheritdoc/>
    public ISpeechModel Load(string path)
    {
        try
        {
            var current = options.CurrentValue;
            return new OnnxSpeechModel(path, WhisperModel.Load(path, current, _metrics), detector ?? new LevelDetector(current.SilenceDecibels, current.SpeechRiseDecibels), current, _metrics);
        }
        catch (Exception exception) when (exception is GgmlFormatException or NotSupportedException or IOException or UnauthorizedAccessException or OnnxRuntimeException)
        {
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"the speech model {path} cannot be used: {exception.Message}", exception);
        }
    }
}
