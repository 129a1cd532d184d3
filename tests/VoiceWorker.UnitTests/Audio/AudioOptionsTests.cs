using VoiceWorker.Audio;

namespace VoiceWorker.UnitTests.Audio;

public sealed class AudioOptionsTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(new AudioOptionsValidator().Validate(null, new AudioOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralMistakes_ReportsAll()
    {
        var result = new AudioOptionsValidator().Validate(
            null, new AudioOptions { FfmpegPath = "", MaxDuration = TimeSpan.FromHours(2), MaxChannels = 0 });

        Assert.Equal(3, result.Failures!.Count());
    }
}
