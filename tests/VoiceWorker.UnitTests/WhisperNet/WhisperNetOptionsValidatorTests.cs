using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class WhisperNetOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AskForTheModelOnly()
    {
        var failures = new WhisperNetOptionsValidator().Validate(null, new WhisperNetOptions()).Failures;

        Assert.Contains("ModelPath", Assert.Single(failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralMistakes_ReportsAll()
    {
        var options = new WhisperNetOptions { ModelPath = "model.bin", Threads = 0, Processors = -1, MaxFallbacks = 99, BeamSize = 9 };

        Assert.Equal(4, new WhisperNetOptionsValidator().Validate(null, options).Failures!.Count());
    }
}
