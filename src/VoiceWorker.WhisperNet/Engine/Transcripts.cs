using VoiceWorker.Contract.Jobs;
using VoiceWorker.Whisper.Tokens;
using VoiceWorker.Whisper.VoiceActivity;
using Whisper.net;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>From Whisper.net's segments to a transcript.</summary>
internal static class Transcripts
{
    /// <summary>Brings a segment of a clip to the recording's time. Its text is not trimmed.</summary>
    /// <param name="segment">What whisper.cpp heard.</param>
    /// <param name="clip">Where.</param>
    /// <param name="tokens">The model's special tokens.</param>
    /// <returns>The segment; null when it has no text or lies where nobody speaks.</returns>
    public static Segment? Segment(SegmentData segment, SpeechClip clip, WhisperTokens tokens)
    {
        var (start, end) = (segment.Start.TotalSeconds, segment.End.TotalSeconds);
        if (string.IsNullOrWhiteSpace(segment.Text) || !clip.HasSpeech(start, end))
            return null;
        (start, end) = clip.InRecording(start, end);
        return new(start, end, segment.Text, Confidence(segment, tokens));
    }

    /// <summary>Puts a transcript together.</summary>
    /// <param name="segments">In time order.</param>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="duration">How long the audio plays; no segment ends later.</param>
    public static Transcript From(IReadOnlyCollection<Segment> segments, string language, TimeSpan duration) => new(
        string.Concat(segments.Select(segment => segment.Text)).Trim(),
        language,
        [.. segments.Select(segment => segment with
        {
            Start = Math.Min(segment.Start, duration.TotalSeconds),
            End = Math.Min(segment.End, duration.TotalSeconds),
            Text = segment.Text.Trim(),
        })],
        duration);

    private static double? Confidence(SegmentData segment, WhisperTokens tokens)
    {
        var words = segment.Tokens.Where(token => token.Id < tokens.EndOfText).ToArray();
        return words.Length == 0 ? null : words.Average(token => (double)token.Probability);
    }
}
