using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;
using Whisper.net;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>Speech recognition by whisper.cpp through Whisper.net. The model is loaded at the first use.</summary>
internal sealed class WhisperNetRecognizer(
    IOptions<WhisperNetOptions> options,
    ILogger<WhisperNetRecognizer> logger) : ISpeechRecognizer, IAsyncDisposable
{
    private static readonly int DetectionLength = 30 * DecodedAudio.SampleRate;
    private readonly SpeechGate _gate = new(options.Value.SilenceDecibels, options.Value.SpeechRiseDecibels);
    private readonly Lock _lock = new();
    private readonly IDisposable _nativeLog = NativeLog.Listen(logger);
    private Task<LoadedModel>? _model;
    private bool _closed;

    /// <inheritdoc />
    public string Name => WhisperNetEngine.Name;

    /// <inheritdoc />
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var model = await ModelAsync().WaitAsync(cancellationToken);
            return new EngineStatus(true, model.Description);
        }
        catch (EngineException exception)
        {
            return new EngineStatus(false, exception.Message, $"Set {WhisperNetOptions.Section}:{nameof(WhisperNetOptions.ModelPath)} to a whisper.cpp ggml-*.bin file.");
        }
    }

    /// <inheritdoc />
    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        SampleCheck.ThrowIfNotFinite(audio.Samples.Span);
        var model = await ModelAsync().WaitAsync(cancellationToken);
        var known = model.Languages.Check(language) ?? model.Languages.Only;
        if (audio.Duration < SampleCheck.Shortest || !_gate.MayBeSpeech(audio.Samples.Span))
            return new Transcript("", known ?? model.Languages.Default, [], audio.Duration);
        return await model.Processors.UseAsync(async processor =>
        {
            var spoken = known ?? await DetectAsync(processor, audio.Samples, model.Languages, cancellationToken);
            processor.ChangeLanguage(spoken);
            var segments = new List<SegmentData>();
            await foreach (var segment in processor.ProcessAsync(audio.Samples, cancellationToken))
                segments.Add(segment);
            return Transcripts.From(segments, model.Tokens, spoken, audio.Duration);
        }, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Task<LoadedModel>? model;
        lock (_lock)
        {
            _closed = true;
            model = _model;
        }
        if (model is not null)
        {
            await ((Task)model).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (model.IsCompletedSuccessfully)
                await (await model).DisposeAsync();
        }
        _nativeLog.Dispose();
    }

    // A load that failed is tried again by the next caller: the file may have been put right.
    private Task<LoadedModel> ModelAsync()
    {
        lock (_lock)
        {
            if (_closed)
                throw new EngineException(FailureKind.Stopping, ErrorCode.EngineUnavailable, "the speech recogniser is being closed");
            if (_model is null or { IsFaulted: true })
                _model = Task.Run(Load);
            return _model;
        }
    }

    private LoadedModel Load()
    {
        var model = LoadedModel.Load(options.Value);
        Log.ModelLoaded(logger, model.Description);
        return model;
    }

    // A full encoder pass that the native side does not let go of; it costs as much when whisper.cpp does it by itself.
    private static async Task<string> DetectAsync(WhisperProcessor processor, ReadOnlyMemory<float> samples, LanguageChoice languages, CancellationToken cancellationToken)
    {
        var start = samples[..Math.Min(DetectionLength, samples.Length)];
        var (language, _) = await Task.Factory.StartNew(
            () => processor.DetectLanguageWithProbability(start.Span, [.. languages.Allowed]),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return language ?? throw EngineException.Transient(ErrorCode.RecognitionFailed, "whisper.cpp could not detect the language");
    }
}
