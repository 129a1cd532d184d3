using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>Writes down one recording: clip after clip of speech, and in each window after window.</summary>
internal sealed class RecordingTranscriber(WhisperModel model, ISpeechDetector detector, OnnxWhisperOptions options, WhisperMetrics metrics)
{
    private const int SamplesPerFrame = DecodedAudio.SampleRate / LogMelSpectrogram.FramesPerSecond;
    private const double ShortestSpeech = 0.1;
    private readonly FallbackPolicy _fallback = new(options);
    private readonly SegmentBuilder _segments = new(model.Tokens, model.Vocabulary);
    private readonly PromptBuilder _prompt = new(model.Tokens, model.Dimensions.TextContext, model.Vocabulary.Encode(options.InitialPrompt ?? ""));
    private readonly List<Segment> _written = [];

    /// <summary>Writes it down.</summary>
    /// <param name="audio">The recording.</param>
    /// <param name="language">ISO 639-1 code; null to detect it.</param>
    /// <param name="cancellationToken">Ends the work between two tokens.</param>
    public async Task<Transcript> TranscribeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        var clips = SpeechClips.Cut(detector.Detect(audio.Samples.Span, cancellationToken), audio.Samples.Length);
        metrics.SilentWindows(SpeechClips.WindowsSpared(clips, audio.Samples.Length));
        foreach (var clip in clips)
            language = await TranscribeClipAsync(clip, clip.Samples(audio.Samples), language, cancellationToken);

        var text = string.Concat(_written.Select(segment => segment.Text)).Trim();
        return new(text, language ?? model.Languages.Default, [.. _written.Select(segment => segment with { Text = segment.Text.Trim() })], audio.Duration);
    }

    private async Task<string?> TranscribeClipAsync(SpeechClip clip, ReadOnlyMemory<float> samples, string? language, CancellationToken cancellationToken)
    {
        if (samples.Length / SamplesPerFrame < GreedyDecoder.ShortestWindow)
            return language;
        var noise = new NoiseCheck(samples.Span, options.NoisyBelowDecibels);
        var mel = model.LogMel.Compute(samples.Span);
        for (var start = 0; start + GreedyDecoder.ShortestWindow < mel.Length;)
            (start, language) = await TranscribeWindowAsync(clip, noise, mel, start, language, cancellationToken);
        return language;
    }

    private async Task<(int Next, string? Language)> TranscribeWindowAsync(
        SpeechClip clip, NoiseCheck noise, LogMelSpectrogram mel, int start, string? language, CancellationToken cancellationToken)
    {
        var left = Math.Min(GreedyDecoder.WholeWindow, mel.Length - start);
        // What the model has left over may be a pause.
        if (start > 0 && clip.SpeechBetween(Seconds(start), Seconds(start + left)) < ShortestSpeech)
            return (start + left, language);

        using var window = await model.Scheduler.EncodeAsync(mel, start, Positions(left), cancellationToken);
        language ??= await DetectLanguageAsync(window, cancellationToken);
        _prompt.BeginWindow(isFirst: _written.Count == 0, frames: mel.Length - start);
        var result = await WriteAsync(window, start, mel.Length, language, cancellationToken);
        if (_fallback.IsSilence(result))
        {
            metrics.SilentWindows(1);
            return (start + result.Advance, language);
        }

        var heard = options.WordTimestamps ? await AlignAsync(window, result.Tokens, language, left, cancellationToken) : null;
        _written.AddRange(_segments.Build(result.Tokens, start, result.Advance, mel.Length, language, heard)
            .Where(segment => clip.HasSpeech(segment.Start, segment.End) && noise.Believes(segment.Confidence))
            .Select(segment => InRecording(segment, clip)));
        if (options.ConditionOnPreviousText)
            _prompt.Add(result.Tokens, result.Temperature);
        return (start + (EndsWithTimestamp(result) ? left : result.Advance), language);
    }

    private async Task<WindowResult> WriteAsync(EncodedWindow window, int start, int end, string language, CancellationToken cancellationToken)
    {
        WindowResult? result = null;
        foreach (var temperature in _fallback.Temperatures)
        {
            if (result is not null)
                metrics.Fallback();
            var writer = Writer(new WindowRequest(_prompt.Build(language, temperature), start, end, temperature, _prompt.MaxTokens));
            await model.Scheduler.WriteAsync(window, writer, cancellationToken);
            result = writer.Result;
            if (_fallback.Accepts(result, model.Vocabulary.Decode(result.Tokens.Select(token => token.Id))))
                break;
        }

        return result!;
    }

    private async Task<int[]?> AlignAsync(EncodedWindow window, IReadOnlyList<Token> written, string language, int frames, CancellationToken cancellationToken)
    {
        var text = written.Select(token => token.Id).Where(id => id < model.Tokens.EndOfText).ToList();
        if (text.Count == 0)
            return null;
        var aligner = new WordAligner(PromptBuilder.Task(model.Tokens, language), text, model.Tokens, model.Dimensions);
        await model.Scheduler.WriteAsync(window, aligner, cancellationToken);
        return aligner.Align(Math.Min(frames / LogMelSpectrogram.FramesPerPosition, window.Audio[0].Count));
    }

    private IWindowDecoder Writer(WindowRequest request)
    {
        var rules = new LogitRules(model.Tokens, model.Vocabulary.Space);
        return options.BeamSize > 1 && request.Temperature == 0
            ? new BeamSearchDecoder(rules, model.Tokens, request, options.BeamSize)
            : new GreedyDecoder(rules, new TokenSampler(model.Tokens, new Random(request.Start)), model.Tokens, request);
    }

    private async Task<string> DetectLanguageAsync(EncodedWindow window, CancellationToken cancellationToken)
    {
        if (model.Languages.Allowed.Count == 1)
            return model.Languages.Default;
        var detector = new LanguageDetector(model.Tokens.StartOfTranscript, [.. model.Languages.Allowed.Select(code => (code, model.Tokens.Language(WhisperLanguages.IndexOf(code))))]);
        await model.Scheduler.WriteAsync(window, detector, cancellationToken);
        return detector.Language;
    }

    private int Positions(int frames)
    {
        if (!options.TrimEncoder)
            return model.Dimensions.AudioContext;
        var withMargin = frames + (int)(options.TrimMargin * LogMelSpectrogram.FramesPerSecond);
        return Math.Min(model.Dimensions.AudioContext, (withMargin + 1) / LogMelSpectrogram.FramesPerPosition);
    }

    // One timestamp, not two, at the end: the model says that nothing follows in this window.
    private bool EndsWithTimestamp(WindowResult result) =>
        result.Tokens.Count > 1 && !model.Tokens.IsTimestamp(result.Tokens[^2].Id) && result.Tokens[^1].Id > model.Tokens.FirstTimestamp;

    private static double Seconds(int frames) => (double)frames / LogMelSpectrogram.FramesPerSecond;

    private static Segment InRecording(Segment segment, SpeechClip clip)
    {
        var (start, end) = clip.InRecording(segment.Start, segment.End);
        return segment with { Start = start, End = end, Words = segment.Words is { } words ? [.. words.Select(word => InRecording(word, clip))] : null };
    }

    private static Word InRecording(Word word, SpeechClip clip)
    {
        var (start, end) = clip.InRecording(word.Start, word.End);
        return word with { Start = start, End = end };
    }
}
