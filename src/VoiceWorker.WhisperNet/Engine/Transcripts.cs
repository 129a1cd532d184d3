using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Whisper;
using Whisper.net;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>From Whisper.net's segments to a transcript.</summary>
internal static class Transcripts
{
    /// <summary>Puts a transcript together.</summary>
    /// <param name="segments">In time order.</param>
    /// <param name="tokens">The model's special tokens.</param>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="duration">How long the audio plays; no segment ends later.</param>
    public static Transcript From(IReadOnlyCollection<SegmentData> segments, WhisperTokens tokens, string language, TimeSpan duration) => new(
        string.Concat(segments.Select(segment => segment.Text)).Trim(),
        language,
        [.. segments
            .Where(segment => !string.IsNullOrWhiteSpace(segment.Text))
            .Select(segment => new Segment(
                Math.Min(segment.Start.TotalSeconds, duration.TotalSeconds),
                Math.Min(segment.End.TotalSeconds, duration.TotalSeconds),
                segment.Text.Trim(),
                Confidence(segment, tokens)))],
        duration);

    private static double? Confidence(SegmentData segment, WhisperTokens tokens)
    {
        var words = segment.Tokens.Where(token => token.Id < tokens.EndOfText).ToArray();
        return words.Length == 0 ? null : words.Average(token => (double)token.Probability);
    }
}
