using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Prometheus;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;

namespace VoiceWorker.Engines.Whisper;

/// <summary>Whisper on ONNX Runtime. Recordings that are recognised at the same time share each decoder step.</summary>
public sealed class OnnxSpeechRecognizer : ISpeechRecognizer, IAsyncDisposable
{
    private readonly OnnxWhisperOptions _options;
    private readonly WhisperMetrics _metrics;
    private readonly Lock _gate = new();
    private WhisperModel? _model;

    /// <summary>Creates the engine; <see cref="Load"/> or the first job loads the model.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="metrics">Where the metrics go.</param>
    public OnnxSpeechRecognizer(IOptions<OnnxWhisperOptions> options, IMetricFactory metrics) =>
        (_options, _metrics) = (options.Value, new WhisperMetrics(metrics));

    /// <inheritdoc/>
    public string Name => "onnx";

    private string ModelPath => _options.ModelPath;

    /// <summary>Loads the model.</summary>
    /// <exception cref="EngineException">The file is missing, broken or of a kind that this engine does not read; the message says how to mend it.</exception>
    public void Load() => _ = Model();

    /// <inheritdoc/>
    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        SampleCheck.ThrowIfNotFinite(audio.Samples.Span);
        var model = Model();
        try
        {
            return await new RecordingTranscriber(model, _options, _metrics).TranscribeAsync(audio, model.Languages.Check(language), cancellationToken);
        }
        catch (OnnxRuntimeException exception)
        {
            throw EngineException.Transient(ErrorCode.RecognitionFailed, $"the speech recognition network failed: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var model = Model();
            var d = model.Dimensions;
            return new(new EngineStatus(true,
                $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {Path.GetFileName(ModelPath)} ({d.AudioState} x {d.AudioHeads} heads, {d.AudioLayers} + {d.TextLayers} layers, {d.MatrixType.DisplayName()}), {model.Languages.Allowed.Count} languages"));
        }
        catch (EngineException exception)
        {
            return new(new EngineStatus(false, exception.Message, $"set {OnnxWhisperOptions.Section}:{nameof(OnnxWhisperOptions.ModelPath)} to a ggml model file of whisper.cpp"));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_model is not null)
            await _model.DisposeAsync();
    }

    // A model that could not be loaded is tried again with the next job: the file may have been put right.
    private WhisperModel Model()
    {
        lock (_gate)
        {
            try
            {
                return _model ??= WhisperModel.Load(ModelPath, _options, _metrics);
            }
            catch (Exception exception) when (exception is GgmlFormatException or NotSupportedException or IOException or UnauthorizedAccessException or OnnxRuntimeException)
            {
                throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"the speech model {ModelPath} cannot be used: {exception.Message}", exception);
            }
        }
    }
}
