using System.Collections.Concurrent;
using System.Numerics.Tensors;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Audio.Resampling;

/// <summary>Changes the sample rate, with everything removed that the lower of both rates cannot carry.</summary>
internal static class Resampler
{
    private const int BlockLength = 2_048;

    // Filters are kept for the rates of real devices only; any other is designed anew (some milliseconds), so that no
    // sender can fill the memory with odd ones.
    private static readonly int[] CommonRates =
        [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

    private static readonly ConcurrentDictionary<(int Source, int Target), PolyphaseFilter> Cache = new();

    /// <summary>How many samples come out.</summary>
    public static int OutputLength(int frameCount, int sourceRate, int targetRate) =>
        checked((int)(((long)frameCount * targetRate + sourceRate - 1) / sourceRate));

    /// <summary>Makes audio ready for recognition.</summary>
    /// <param name="source">All of it.</param>
    /// <param name="sourceFormat">What it was.</param>
    /// <param name="cancellationToken">Checked every few thousand samples.</param>
    /// <exception cref="Core.Ports.EngineException">There are no samples, or some are no numbers.</exception>
    public static DecodedAudio ToSpeech(IMonoSource source, string sourceFormat, CancellationToken cancellationToken)
    {
        if (source.FrameCount == 0)
            throw AudioLimits.NoSamples();

        var length = OutputLength(source.FrameCount, source.SampleRate, DecodedAudio.SampleRate);
        var owner = new PooledMemory<float>(length);
        try
        {
            var samples = owner.GetSpan()[..length];
            if (source.SampleRate == DecodedAudio.SampleRate)
                source.Read(samples);
            else
                Resample(source, DecodedAudio.SampleRate, samples, cancellationToken);

            if (!TensorPrimitives.IsFiniteAll<float>(samples))
                throw AudioLimits.NoNumbers();
            TensorPrimitives.Clamp<float>(samples, -1f, 1f, samples);
            return new DecodedAudio(owner, length, sourceFormat);
        }
        catch
        {
            ((IDisposable)owner).Dispose();
            throw;
        }
    }

    /// <summary>Resamples everything; the output starts at the same moment as the input, without delay.</summary>
    /// <param name="source">The input; outside of it there is silence.</param>
    /// <param name="targetRate">Output rate, in Hz.</param>
    /// <param name="output">As long as <see cref="OutputLength"/> says.</param>
    /// <param name="cancellationToken">Checked every few thousand samples.</param>
    public static void Resample(IMonoSource source, int targetRate, Span<float> output, CancellationToken cancellationToken)
    {
        var filter = FilterFor(source.SampleRate, targetRate);
        var length = (int)((long)BlockLength * filter.Step / filter.Period) + filter.Taps + 1;
        using var rented = new PooledMemory<float>(length);
        // Of the input the window holds what a block of output is made of, silence before the first sample included.
        var window = rented.GetSpan()[..length];
        var (origin, filled, left) = (1 - filter.HalfTaps, filter.HalfTaps - 1, source.FrameCount);
        window[..filled].Clear();
        for (var first = 0; first < output.Length; first += BlockLength)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var passed = (int)((long)first * filter.Step / filter.Period) - filter.HalfTaps + 1 - origin;
            origin += passed;
            window[passed..filled].CopyTo(window);
            filled -= passed;

            var fresh = window[filled..];
            var read = Math.Min(fresh.Length, left);
            source.Read(fresh[..read]);
            fresh[read..].Clear();
            (filled, left) = (length, left - read);

            Convolve(filter, window, first, output[first..Math.Min(first + BlockLength, output.Length)]);
        }
    }

    private static void Convolve(PolyphaseFilter filter, ReadOnlySpan<float> input, int first, Span<float> output)
    {
        var (start, remainder) = Math.DivRem((long)first * filter.Step, filter.Period);
        var taps = filter.Taps;
        for (var i = 0; i < output.Length; i++)
        {
            var position = remainder + (long)i * filter.Step;
            var (index, offset) = Math.DivRem(position, filter.Period);
            var samples = input.Slice((int)index, taps);
            output[i] = filter.IsExact
                ? TensorPrimitives.Dot(samples, filter.Phase((int)offset))
                : Between(filter, samples, (double)offset / filter.Period * filter.Phases);
        }
    }

    private static float Between(PolyphaseFilter filter, ReadOnlySpan<float> samples, double phase)
    {
        var lower = (int)phase;
        return float.Lerp(
            TensorPrimitives.Dot(samples, filter.Phase(lower)),
            TensorPrimitives.Dot(samples, filter.Phase(lower + 1)),
            (float)(phase - lower));
    }

    private static PolyphaseFilter FilterFor(int sourceRate, int targetRate) =>
        CommonRates.Contains(sourceRate) && CommonRates.Contains(targetRate)
            ? Cache.GetOrAdd((sourceRate, targetRate), static key => PolyphaseFilter.Create(key.Source, key.Target))
            : PolyphaseFilter.Create(sourceRate, targetRate);
}
