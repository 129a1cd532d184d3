using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class WhisperNetOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(new WhisperNetOptionsValidator().Validate(null, new WhisperNetOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralMistakes_ReportsAll()
    {
        var options = new WhisperNetOptions { ModelPath = "", Threads = 0, Processors = -1, MaxFallbacks = 99, BeamSize = 9 };

        Assert.Equal(5, new WhisperNetOptionsValidator().Validate(null, options).Failures!.Count());
    }
}
