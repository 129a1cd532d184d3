using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class PipelineOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.True(new PipelineOptionsValidator().Validate(null, new()).Succeeded);

    [Fact]
    public void Validate_SeveralMistakes_ReportsThemAll()
    {
        var options = new PipelineOptions { DrainTimeout = TimeSpan.Zero };
        options.Decode.Parallelism = 0;
        options.Translate.Timeout = TimeSpan.Zero;
        (options.Transcribe.Parallelism, options.Transcribe.Capacity) = (8, 4);

        var failures = string.Join('\n', new PipelineOptionsValidator().Validate(null, options).Failures!);

        Assert.Contains("Decode", failures, StringComparison.Ordinal);
        Assert.Contains("Translate", failures, StringComparison.Ordinal);
        Assert.Contains("DrainTimeout", failures, StringComparison.Ordinal);
        Assert.Contains("Pipeline:Transcribe:Capacity is 4, below its Parallelism of 8", failures, StringComparison.Ordinal);
    }
}
