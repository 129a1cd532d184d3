using VoiceWorker.Contract.Jobs;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Cuts a window's tokens into segments at the timestamps, as whisper.cpp does.</summary>
internal sealed class SegmentBuilder(WhisperTokens tokens, Vocabulary vocabulary)
{
    private const double SecondsPerFrame = 1.0 / LogMelSpectrogram.FramesPerSecond;
    private readonly WordBuilder _words = new(vocabulary);

    /// <summary>Builds the segments.</summary>
    /// <param name="written">A window's tokens.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="advance">Frames that the tokens cover.</param>
    /// <param name="length">The recording's length in frames; no segment ends later.</param>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="heard">The encoder position where each text token begins, and where the last one ends; null for segments without words.</param>
    public IEnumerable<Segment> Build(IReadOnlyList<Token> written, int start, int advance, int length, string language, int[]? heard = null)
    {
        var cut = 0;
        var text = new List<Token>();
        var from = written.Count > 0 ? FrameOf(written[0].Timestamp) : start;
        foreach (var token in written)
        {
            if (token.Id < tokens.EndOfText)
                text.Add(token);
            if (token.Id <= tokens.FirstTimestamp)
                continue;

            var to = FrameOf(token.Id);
            if (text.Count > 0)
                yield return Cut(text, from, to);
            text.Clear();
            from = to;
        }

        if (text.Count > 0)
            yield return Cut(text, from, start + advance);

        int FrameOf(int timestamp) => start + ((timestamp - tokens.FirstTimestamp) * LogMelSpectrogram.FramesPerPosition);

        Segment Cut(List<Token> part, int first, int last)
        {
            var (begin, end) = (Math.Min(first, length) * SecondsPerFrame, Math.Min(last, length) * SecondsPerFrame);
            var times = heard?[cut..(cut + part.Count + 1)].Select(position => Math.Clamp((start + (position * LogMelSpectrogram.FramesPerPosition)) * SecondsPerFrame, begin, end));
            cut += part.Count;
            return new(begin, end, vocabulary.Decode(part.Select(token => token.Id)), part.Average(token => token.Probability),
                times is null ? null : [.. _words.Build(part, [.. times], language)]);
        }
    }
}
