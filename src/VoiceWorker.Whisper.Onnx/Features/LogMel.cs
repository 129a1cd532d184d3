using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.Whisper.Onnx.Features;

/// <summary>
/// Whisper's input features (OpenAI's <c>audio.py</c>): Hann window of 400 samples, hop of 160, power spectrum, the
/// model's mel filters, log10 clamped at 1e-10, floor at the maximum less 8, (x + 4) / 4. As in whisper.cpp the
/// beginning is padded by reflection and the end by silence. Thread-safe.
/// </summary>
internal sealed class LogMel
{
    private const int Hop = 160;
    private const int Padding = FrameFft.Length / 2;
    private const float Clamp = 1e-10f;
    private const float DynamicRange = 8;
    private const float Log10Of2 = 0.30103f;

    private static readonly float[] Window = [.. Enumerable.Range(0, FrameFft.Length).Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / FrameFft.Length))))];

    private readonly (int Bin, float[] Weights)[] _filters;

    public LogMel(MelFilters filters) => _filters = [.. Enumerable.Range(0, filters.Bands).Select(band => Trim([.. filters.Weights.Skip(band * filters.Bins).Take(filters.Bins)]))];

    /// <summary>The shortest recording, in samples, that has features: what the reflection at its beginning needs.</summary>
    public static int ShortestRecording => Padding + 1;

    /// <summary>Computes the features of a recording.</summary>
    /// <param name="samples">Mono at 16 kHz, at least <see cref="ShortestRecording"/>.</param>
    public LogMelSpectrogram Compute(ReadOnlySpan<float> samples)
    {
        using var memory = new PooledMemory<float>(Padding + samples.Length + FrameFft.Length);
        var padded = memory.GetSpan();
        Pad(samples, padded);
        var frames = (samples.Length + Padding + Hop - 1) / Hop;
        var values = new float[_filters.Length * frames];
        var fft = new FrameFft();
        var power = new Vector256<float>[2 * FrameFft.Bins];
        for (var first = 0; first < frames; first += FrameFft.Frames)
        {
            LoadFrames(padded, first, frames, fft);
            fft.Power(power);
            ApplyFilters(power, values, first, frames);
        }

        return Normalise(values, frames, length: 1 + ((samples.Length - Padding) / Hop));
    }

    private static (int Bin, float[] Weights) Trim(float[] row)
    {
        var first = Math.Max(Array.FindIndex(row, weight => weight != 0), 0);
        return (first, row[first..(Array.FindLastIndex(row, weight => weight != 0) + 1)]);
    }

    private static void Pad(ReadOnlySpan<float> samples, Span<float> padded)
    {
        samples.Slice(1, Padding).CopyTo(padded);
        padded[..Padding].Reverse();
        samples.CopyTo(padded[Padding..]);
        padded[(Padding + samples.Length)..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadFrames(ReadOnlySpan<float> padded, int first, int frames, FrameFft fft)
    {
        const int Half = FrameFft.Frames / 2;
        for (var f = 0; f < FrameFft.Frames; f++)
        {
            // Lanes beyond the last frame repeat it: their results are not stored.
            var frame = padded.Slice(Math.Min(first + f, frames - 1) * Hop, FrameFft.Length);
            var lanes = f < Half ? fft.FirstFrames[f..] : fft.LastFrames[(f - Half)..];
            for (var n = 0; n < frame.Length; n++)
                lanes[n * Half] = frame[n] * Window[n];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyFilters(ReadOnlySpan<Vector256<float>> power, Span<float> values, int first, int frames)
    {
        const int Half = FrameFft.Frames / 2;
        Span<float> both = stackalloc float[FrameFft.Frames];
        var count = Math.Min(FrameFft.Frames, frames - first);
        for (var band = 0; band < _filters.Length; band++)
        {
            var (bin, weights) = _filters[band];
            var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = 0; i < weights.Length; i++)
            {
                low += power[2 * (bin + i)] * weights[i];
                high += power[(2 * (bin + i)) + 1] * weights[i];
            }

            Log10(low).CopyTo(both);
            Log10(high).CopyTo(both[Half..]);
            both[..count].CopyTo(values[((band * frames) + first)..]);
        }
    }

    private static Vector256<float> Log10(Vector256<float> power) =>
        Vector256.Log2(Vector256.Max(power, Vector256.Create(Clamp))) * Log10Of2;

    private LogMelSpectrogram Normalise(float[] values, int frames, int length)
    {
        var floor = TensorPrimitives.Max<float>(values) - DynamicRange;
        ScaleAbove(floor, values);
        return new(values, _filters.Length, frames, Scale(Math.Max(MathF.Log10(Clamp), floor)), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleAbove(float floor, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Scale(Math.Max(values[i], floor));
    }

    private static float Scale(float value) => (value + 4) / 4;
}
