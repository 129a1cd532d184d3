using System.Numerics.Tensors;

namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>How loud the frames of 30 ms of a recording are, the quietest first, in dB below full scale.</summary>
internal static class SoundLevels
{
    private const int FrameLength = 480;
    private const double Tenth = 0.1;

    /// <summary>Measures the whole frames.</summary>
    /// <param name="samples">Mono at 16 kHz.</param>
    public static double[] Of(ReadOnlySpan<float> samples)
    {
        var levels = new double[samples.Length / FrameLength];
        for (var frame = 0; frame < levels.Length; frame++)
            levels[frame] = Level(samples.Slice(frame * FrameLength, FrameLength));
        Array.Sort(levels);
        return levels;
    }

    /// <summary>The loudest level of the quiet tenth.</summary>
    /// <param name="levels">Of at least one frame.</param>
    public static double Quiet(double[] levels) => levels[(int)(levels.Length * Tenth)];

    /// <summary>The lowest level of the loud tenth.</summary>
    /// <param name="levels">Of at least one frame.</param>
    public static double Loud(double[] levels) => levels[(int)(levels.Length * (1 - Tenth))];

    // Of the sound alone: the offset that cheap microphones add is louder than some speech.
    private static double Level(ReadOnlySpan<float> frame)
    {
        var offset = TensorPrimitives.Sum(frame) / (double)frame.Length;
        return 10 * Math.Log10(Math.Max(0, (TensorPrimitives.SumOfSquares(frame) / (double)frame.Length) - (offset * offset)) + 1e-12);
    }
}
