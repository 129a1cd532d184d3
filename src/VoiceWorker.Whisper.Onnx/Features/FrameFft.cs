using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceWorker.Whisper.Onnx.Features;

/// <summary>
/// Power spectra of 400-sample frames, sixteen frames at a time: each vector lane is one complex transform, whose real
/// and imaginary inputs are two frames. Stockham's self-sorting transform with radices 4, 4, 5, 5.
/// Not thread-safe: it owns its working memory.
/// </summary>
internal sealed class FrameFft
{
    /// <summary>Samples of a frame.</summary>
    public const int Length = 400;

    /// <summary>Bins of a power spectrum, from 0 Hz to half the sample rate.</summary>
    public const int Bins = (Length / 2) + 1;

    /// <summary>Frames transformed together.</summary>
    public const int Frames = 2 * Lanes;

    private const int Lanes = 8;
    private static readonly int[] Radices = [4, 4, 5, 5];
    private static readonly (float Re, float Im)[][] Twiddles = MakeTwiddles();

    private Vector256<float>[] _re = new Vector256<float>[Length];
    private Vector256<float>[] _im = new Vector256<float>[Length];
    private Vector256<float>[] _nextRe = new Vector256<float>[Length];
    private Vector256<float>[] _nextIm = new Vector256<float>[Length];

    /// <summary>The input: sample n of frame f is at [n][f] for the first eight frames.</summary>
    public Span<float> FirstFrames => MemoryMarshal.Cast<Vector256<float>, float>(_re.AsSpan());

    /// <summary>The same for frames 8 to 15.</summary>
    public Span<float> LastFrames => MemoryMarshal.Cast<Vector256<float>, float>(_im.AsSpan());

    /// <summary>Transforms the input in place.</summary>
    /// <param name="power">Squared magnitudes: bin k of frames 0 to 7 at [2k], of frames 8 to 15 at [2k + 1].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Power(Span<Vector256<float>> power)
    {
        Transform();
        for (var k = 0; k < Bins; k++)
        {
            // Two real inputs in one complex transform: A = (Z[k] + conj Z[-k]) / 2, B = (Z[k] - conj Z[-k]) / 2i.
            var mirror = (Length - k) % Length;
            var (sumRe, difRe) = (_re[k] + _re[mirror], _re[k] - _re[mirror]);
            var (sumIm, difIm) = (_im[k] + _im[mirror], _im[k] - _im[mirror]);
            power[2 * k] = ((sumRe * sumRe) + (difIm * difIm)) * 0.25f;
            power[(2 * k) + 1] = ((sumIm * sumIm) + (difRe * difRe)) * 0.25f;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform()
    {
        var (length, stride) = (Length, 1);
        for (var stage = 0; stage < Radices.Length; stage++)
        {
            var radix = Radices[stage];
            var step = length / radix;
            for (var p = 0; p < step; p++)
            {
                var twiddles = Twiddles[stage].AsSpan(p * radix, radix);
                for (var q = 0; q < stride; q++)
                {
                    var (from, to) = (q + (stride * p), q + (stride * radix * p));
                    if (radix == 4)
                        Butterfly4(from, stride * step, to, stride, twiddles);
                    else
                        Butterfly5(from, stride * step, to, stride, twiddles);
                }
            }

            (length, stride) = (step, stride * radix);
            (_re, _nextRe) = (_nextRe, _re);
            (_im, _nextIm) = (_nextIm, _im);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Butterfly4(int from, int fromStep, int to, int toStep, ReadOnlySpan<(float Re, float Im)> twiddles)
    {
        var (aRe, aIm) = (_re[from], _im[from]);
        var (bRe, bIm) = (_re[from + fromStep], _im[from + fromStep]);
        var (cRe, cIm) = (_re[from + (2 * fromStep)], _im[from + (2 * fromStep)]);
        var (dRe, dIm) = (_re[from + (3 * fromStep)], _im[from + (3 * fromStep)]);
        var (acRe, acIm, a_cRe, a_cIm) = (aRe + cRe, aIm + cIm, aRe - cRe, aIm - cIm);
        var (bdRe, bdIm, b_dRe, b_dIm) = (bRe + dRe, bIm + dIm, bRe - dRe, bIm - dIm);
        Store(to, acRe + bdRe, acIm + bdIm, twiddles[0]);
        Store(to + toStep, a_cRe + b_dIm, a_cIm - b_dRe, twiddles[1]);
        Store(to + (2 * toStep), acRe - bdRe, acIm - bdIm, twiddles[2]);
        Store(to + (3 * toStep), a_cRe - b_dIm, a_cIm + b_dRe, twiddles[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Butterfly5(int from, int fromStep, int to, int toStep, ReadOnlySpan<(float Re, float Im)> twiddles)
    {
        const float Cos1 = 0.309016994374947f, Cos2 = -0.809016994374947f, Sin1 = 0.951056516295154f, Sin2 = 0.587785252292473f;
        var (aRe, aIm) = (_re[from], _im[from]);
        var (bRe, bIm) = (_re[from + fromStep], _im[from + fromStep]);
        var (cRe, cIm) = (_re[from + (2 * fromStep)], _im[from + (2 * fromStep)]);
        var (dRe, dIm) = (_re[from + (3 * fromStep)], _im[from + (3 * fromStep)]);
        var (eRe, eIm) = (_re[from + (4 * fromStep)], _im[from + (4 * fromStep)]);
        var (beRe, beIm, b_eRe, b_eIm) = (bRe + eRe, bIm + eIm, bRe - eRe, bIm - eIm);
        var (cdRe, cdIm, c_dRe, c_dIm) = (cRe + dRe, cIm + dIm, cRe - dRe, cIm - dIm);
        var (m1Re, m1Im) = (aRe + (beRe * Cos1) + (cdRe * Cos2), aIm + (beIm * Cos1) + (cdIm * Cos2));
        var (m2Re, m2Im) = (aRe + (beRe * Cos2) + (cdRe * Cos1), aIm + (beIm * Cos2) + (cdIm * Cos1));
        var (n1Re, n1Im) = ((b_eRe * Sin1) + (c_dRe * Sin2), (b_eIm * Sin1) + (c_dIm * Sin2));
        var (n2Re, n2Im) = ((b_eRe * Sin2) - (c_dRe * Sin1), (b_eIm * Sin2) - (c_dIm * Sin1));
        Store(to, aRe + beRe + cdRe, aIm + beIm + cdIm, twiddles[0]);
        Store(to + toStep, m1Re + n1Im, m1Im - n1Re, twiddles[1]);
        Store(to + (2 * toStep), m2Re + n2Im, m2Im - n2Re, twiddles[2]);
        Store(to + (3 * toStep), m2Re - n2Im, m2Im + n2Re, twiddles[3]);
        Store(to + (4 * toStep), m1Re - n1Im, m1Im + n1Re, twiddles[4]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int at, Vector256<float> re, Vector256<float> im, (float Re, float Im) twiddle)
    {
        _nextRe[at] = (re * twiddle.Re) - (im * twiddle.Im);
        _nextIm[at] = (re * twiddle.Im) + (im * twiddle.Re);
    }

    private static (float Re, float Im)[][] MakeTwiddles()
    {
        var length = Length;
        return [.. Radices.Select(radix =>
        {
            var n = length;
            length /= radix;
            return (from p in Enumerable.Range(0, n / radix) from k in Enumerable.Range(0, radix) select Rotation(p * k, n)).ToArray();
        })];
    }

    private static (float Re, float Im) Rotation(int step, int length)
    {
        var (sin, cos) = Math.SinCos(-2 * Math.PI * step / length);
        return ((float)cos, (float)sin);
    }
}
