using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;
using VoiceWorker.Whisper.Tokens;
using VoiceWorker.Whisper.VoiceActivity;
using Whisper.net;
using Whisper.net.LibraryLoader;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>A model in whisper.cpp: one factory and its processors.</summary>
internal sealed class WhisperNetModel : ISpeechModel
{
    private static readonly int DetectionLength = 30 * DecodedAudio.SampleRate;
    private readonly WhisperFactory _factory;
    private readonly ProcessorPool _processors;
    private readonly WhisperTokens _tokens;
    private readonly LanguageChoice _languages;
    private readonly ISpeechDetector _detector;
    private readonly double _noisyBelow;

    private WhisperNetModel(string path, WhisperFactory factory, WhisperNetOptions options, ISpeechDetector? detector, IHeartbeat? heartbeat, WhisperTokens tokens, LanguageChoice languages)
    {
        var size = options.Processors == 0 ? Environment.ProcessorCount : options.Processors;
        var version = typeof(WhisperFactory).Assembly.GetName().Version?.ToString(3);
        (_factory, _tokens, _languages) = (factory, tokens, languages);
        _processors = new ProcessorPool(() => ProcessorSettings.Build(factory, options, heartbeat), size);
        _noisyBelow = options.NoisyBelowDecibels;
        _detector = detector ?? new LevelDetector(options.SilenceDecibels, options.SpeechRiseDecibels);
        Description = $"Whisper.net {version} ({RuntimeOptions.LoadedLibrary}), {Path.GetFileName(path)}, {size} at once, {options.Threads} threads each";
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>Verifies the file with managed code, then hands it to the native library, which may abort the process on a broken one.</summary>
    /// <exception cref="EngineException">The file or the native library cannot be used.</exception>
    public static WhisperNetModel Load(string path, WhisperNetOptions options, ISpeechDetector? detector = null, IHeartbeat? heartbeat = null)
    {
        WhisperFactory? factory = null;
        try
        {
            var tokens = new WhisperTokens(GgmlFile.Verify(path).Dimensions.Vocabulary);
            var languages = new LanguageChoice(tokens, options.Languages);
            factory = WhisperFactory.FromPath(path, new WhisperFactoryOptions
            {
                UseFlashAttention = options.FlashAttention,
                UseGpu = options.UseGpu,
                GpuDevice = options.GpuDevice,
            });
            // The factory says only here that the native library has refused the file.
            factory.CreateBuilder();
            return new WhisperNetModel(path, factory, options, detector, heartbeat, tokens, languages);
        }
        catch (Exception exception) when (exception is not EngineException)
        {
            factory?.Dispose();
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable,
                $"the speech model {path} cannot be used: {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public async Task<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        var known = _languages.Check(language) ?? _languages.Only;
        if (audio.Duration < SampleCheck.Shortest || SpeechClips.Cut(_detector.Detect(audio.Samples.Span, cancellationToken), audio.Samples.Length) is not { Count: > 0 } clips)
            return new Transcript("", known ?? _languages.Default, [], audio.Duration);
        return await _processors.UseAsync(async processor =>
        {
            var spoken = known ?? await DetectAsync(processor, clips[0].Samples(audio.Samples), cancellationToken);
            processor.ChangeLanguage(spoken);
            var segments = new List<Segment>();
            foreach (var clip in clips)
            {
                var samples = clip.Samples(audio.Samples);
                var noise = new NoiseCheck(samples.Span, _noisyBelow);
                await foreach (var segment in processor.ProcessAsync(samples, cancellationToken))
                    if (Transcripts.Segment(segment, clip, _tokens) is { } heard && noise.Believes(heard.Confidence))
                        segments.Add(heard);
            }

            return Transcripts.From(segments, spoken, audio.Duration);
        }, cancellationToken);
    }

    /// <summary>Waits for every run to end and frees the native memory. Freeing it during a run would end the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _processors.DisposeAsync();
        _factory.Dispose();
    }

    // A full encoder pass that the native side does not let go of; it costs as much when whisper.cpp does it by itself.
    private async Task<string> DetectAsync(WhisperProcessor processor, ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        var start = samples[..Math.Min(DetectionLength, samples.Length)];
        var (language, _) = await Task.Factory.StartNew(
            () => processor.DetectLanguageWithProbability(start.Span, [.. _languages.Allowed]),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return language ?? throw EngineException.Transient(ErrorCode.RecognitionFailed, "whisper.cpp could not detect the language");
    }
}
