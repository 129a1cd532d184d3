using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

public sealed class LevelDetectorTests
{
    private const int Rate = 16_000;
    private readonly LevelDetector _detector = new(silenceLevel: -60, rise: 5);

    [Theory]
    [InlineData(20, "", "")]
    [InlineData(20, "5", "0-20")]
    [InlineData(59, "5", "0-59")]
    [InlineData(150, "5", "0-30")]
    [InlineData(150, "35 65", "30-90")]
    [InlineData(150, "5 110 149", "0-30 90-150")]
    public void Detect_BurstsInSilence_FindsTheirHalfMinutes(int seconds, string bursts, string spans)
    {
        var samples = new float[seconds * Rate];
        foreach (var burst in bursts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
            samples.AsSpan(burst * Rate, Rate / 2).Fill(0.1f);
        for (var n = 1; n < samples.Length; n += 2)
            samples[n] *= -1;

        var found = _detector.Detect(samples, TestContext.Current.CancellationToken);

        Assert.Equal(spans, string.Join(' ', found.Select(span => $"{span.Start / Rate}-{span.End / Rate}")));
    }

    [Fact]
    public void Detect_EverySound_FindsAllOfIt()
    {
        Assert.Equal([new SpeechSpan(0, 100)], new EverySound().Detect(new float[100], CancellationToken.None));
        Assert.Empty(new EverySound().Detect([], CancellationToken.None));
    }
}
