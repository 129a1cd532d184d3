using System.Globalization;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Features;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Against <c>log-mel.csv</c>, which <c>log_mel_reference.py</c> computed from the definition.</summary>
public sealed class LogMelTests
{
    private const int Bands = 5;
    private const float Tolerance = 2e-4f;

    [Fact]
    public void Compute_ChirpAndSilence_IsTheReference()
    {
        var features = new LogMel(Filters()).Compute(Signal(24_000, silence: 4_000));
        var reference = Reference();

        var window = new float[Bands * 160];
        features.CopyWindow(0, window, 160);

        for (var band = 0; band < Bands; band++)
            AssertClose(reference[band], window.AsSpan(band * 160, 160));
    }

    [Fact]
    public void CopyWindow_FromTheMiddle_IsTheSameFramesAndThenSilence()
    {
        var features = new LogMel(Filters()).Compute(Signal(24_000, silence: 4_000));
        var reference = Reference();

        var window = new float[Bands * 100];
        features.CopyWindow(100, window, 100);

        AssertClose(reference[2].AsSpan(100, 60), window.AsSpan(2 * 100, 60));
        Assert.All(window[260..300], value => Assert.Equal(reference[2][^1], value, Tolerance));
    }

    [Fact]
    public void CopyWindow_BehindTheEnd_IsSilence()
    {
        var features = new LogMel(Filters()).Compute(Signal(24_000, silence: 4_000));

        var window = new float[Bands * 10];
        features.CopyWindow(5_000, window, 10);

        Assert.Single(window.Distinct());
    }

    [Theory]
    [InlineData(201, 1)]
    [InlineData(1_600, 9)]
    [InlineData(16_000, 99)]
    [InlineData(480_000, 2999)]
    public void Length_OfARecording_IsWhatWhisperCppCounts(int samples, int frames) =>
        Assert.Equal(frames, new LogMel(Filters()).Compute(Signal(samples, silence: 0)).Length);

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) < Tolerance, $"frame {i}: {actual[i]}, not {expected[i]}");
    }

    private static float[][] Reference() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Whisper/log-mel.csv"))
            .Select(line => line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())];

    private static MelFilters Filters()
    {
        (int Center, int Width)[] bands = [(5, 4), (12, 8), (30, 15), (80, 30), (170, 30)];
        return new(Bands, 201, [.. bands.SelectMany(b => Enumerable.Range(0, 201).Select(bin => (float)(Math.Max(0, 1 - (Math.Abs(bin - b.Center) / (double)b.Width)) * 0.02)))]);
    }

    private static float[] Signal(int length, int silence)
    {
        var (samples, state) = (new float[length], 1u);
        for (var n = 0; n < length - silence; n++)
        {
            var t = n / 16000.0;
            state = (state * 1664525) + 1013904223;
            samples[n] = (float)((0.3 * Math.Sin(2 * Math.PI * ((200 * t) + (600 * t * t)))) + (0.05 * ((state / 4294967296.0) - 0.5)));
        }

        return samples;
    }
}
