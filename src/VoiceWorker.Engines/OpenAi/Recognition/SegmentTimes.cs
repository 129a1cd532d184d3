using System.Globalization;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Engines.OpenAi.Recognition;

/// <summary>
/// Reads the segments of a transcription. Servers do not agree on their times: OpenAI has seconds, LocalAI nanoseconds,
/// others milliseconds; Whisper's last segment may end with its window of 30 s, behind the recording.
/// </summary>
internal static class SegmentTimes
{
    private const double Window = 30;

    // Characters a second; slower or faster is no speech.
    private const double LeastRate = 1, MaxRate = 60;

    // Seconds, milliseconds, microseconds, nanoseconds: how many make a second.
    private static readonly double[] Units = [1, 1e3, 1e6, 1e9];

    /// <summary>The segments in order, their times in seconds and within the recording.</summary>
    /// <param name="reply">The server's answer.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="duration">How long the recording plays.</param>
    /// <returns>One segment with the whole text where times are missing, or of a unit that cannot be told.</returns>
    public static IReadOnlyList<Segment> Read(TranscriptionReply reply, string text, TimeSpan duration)
    {
        var length = duration.TotalSeconds;
        if (Parse(reply.Segments) is { Count: > 0 } segments && UnitOf(segments, length) is { } unit)
        {
            return [.. segments
                .Select(s => (Start: Math.Clamp(s.Start / unit, 0, length), End: Math.Clamp(s.End / unit, 0, length), s.Text, s.Confidence))
                .OrderBy(s => s.Start)
                .Select(s => new Segment(s.Start, Math.Max(s.Start, s.End), s.Text, s.Confidence))];
        }

        return text.Length > 0 ? [new Segment(0, length, text)] : [];
    }

    /// <summary>How many of the server's units make a second; null where that cannot be told.</summary>
    private static double? UnitOf(List<(double Start, double End, string Text, double? Confidence)> segments, double length)
    {
        var (last, spoken, characters) = (segments.Max(s => Math.Max(s.Start, s.End)), segments.Sum(s => Math.Max(0, s.End - s.Start)), segments.Sum(s => s.Text.Length));
        var fitting = Array.FindAll(Units, unit => last / unit <= Math.Ceiling(length / Window) * Window);
        var likely = Array.FindAll(fitting, unit => characters * unit / spoken is >= LeastRate and <= MaxRate);
        return likely.Length > 0 ? likely[0]
            : fitting.Contains(1) ? 1
            : fitting.Length == 1 ? fitting[0]
            : null;
    }

    /// <summary>Null when a time is missing or no number.</summary>
    private static List<(double Start, double End, string Text, double? Confidence)>? Parse(JsonElement? segments)
    {
        if (segments is not { ValueKind: JsonValueKind.Array } array)
            return null;
        var parsed = new List<(double, double, string, double?)>();
        foreach (var segment in array.EnumerateArray())
        {
            if (segment.ValueKind != JsonValueKind.Object || Number(segment, "start") is not { } start || Number(segment, "end") is not { } end)
                return null;
            if (segment.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Trim() is { Length: > 0 } words)
                parsed.Add((start, end, words, Number(segment, "avg_logprob") is { } log ? Math.Clamp(Math.Exp(log), 0, 1) : null));
        }

        return parsed;
    }

    private static double? Number(JsonElement segment, string name)
    {
        var number = 0.0;
        var isNumber = segment.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        return isNumber && double.IsFinite(number) ? number : null;
    }
}
