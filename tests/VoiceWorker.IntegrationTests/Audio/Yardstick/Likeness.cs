using System.Numerics.Tensors;

namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>Whether two decoders made the same of a recording.</summary>
internal static class Likeness
{
    // 3 ms: what resamplers keep back at the end. 25 ms, of MP3 a frame of up to 72: what encoders add to fill a frame, which
    // ffmpeg cuts off a file but not off a pipe.
    private const int ShorterBy = 48;
    private const int LongerBy = 400;
    private const int LongerByMp3 = 1_152;
    private const int MaxLag = 2;
    private const float LeastCorrelation = 0.97f;
    private const float LevelTolerance = 0.1f;

    /// <summary>What differs, in words; null when nothing does.</summary>
    /// <param name="expected">Samples at 16 kHz.</param>
    /// <param name="actual">Samples at 16 kHz.</param>
    /// <param name="recording">What they decoded.</param>
    public static string? Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, Recording recording)
    {
        var longer = actual.Length - expected.Length;
        if (longer < -ShorterBy || (recording.Whole == 1 && longer > (recording.Format == "mp3" ? LongerByMp3 : LongerBy)))
            return $"{actual.Length} samples instead of {expected.Length}";

        var length = (int)(recording.Whole * Math.Min(expected.Length, actual.Length)) - 2 * MaxLag;
        if (length <= 0)
            return null;

        var a = expected.Slice(MaxLag, length);
        var correlation = 0f;
        for (var lag = 0; lag <= 2 * MaxLag; lag++)
            correlation = Math.Max(correlation, TensorPrimitives.CosineSimilarity(a, actual.Slice(lag, length)));
        var level = TensorPrimitives.Norm(actual.Slice(MaxLag, length)) / TensorPrimitives.Norm(a);
        return !(correlation >= LeastCorrelation) ? $"a correlation of {correlation:0.000}"
            : !recording.AnyLevel && Math.Abs(level - 1) > LevelTolerance ? $"a level of {level:0.00}"
            : null;
    }
}
