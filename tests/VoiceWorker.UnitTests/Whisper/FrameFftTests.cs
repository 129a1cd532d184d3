using System.Runtime.Intrinsics;
using VoiceWorker.Whisper.Onnx.Features;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class FrameFftTests
{
    [Fact]
    public void Power_SixteenRandomFrames_IsThatOfTheDefinition()
    {
        var random = new Random(5);
        var frames = Enumerable.Range(0, FrameFft.Frames).Select(_ => Enumerable.Range(0, FrameFft.Length).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        var fft = new FrameFft();
        for (var n = 0; n < FrameFft.Length; n++)
        {
            for (var f = 0; f < 8; f++)
                (fft.FirstFrames[(n * 8) + f], fft.LastFrames[(n * 8) + f]) = (frames[f][n], frames[8 + f][n]);
        }

        var power = new Vector256<float>[2 * FrameFft.Bins];
        fft.Power(power);

        for (var f = 0; f < FrameFft.Frames; f++)
        {
            for (var bin = 0; bin < FrameFft.Bins; bin++)
                Assert.Equal(Definition(frames[f], bin), power[(2 * bin) + (f / 8)][f % 8], 1e-3);
        }
    }

    private static double Definition(float[] frame, int bin)
    {
        var (re, im) = (0.0, 0.0);
        for (var n = 0; n < frame.Length; n++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * bin * n / frame.Length);
            (re, im) = (re + (frame[n] * cos), im - (frame[n] * sin));
        }

        return (re * re) + (im * im);
    }
}
