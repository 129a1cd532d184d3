using Microsoft.Extensions.Options;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.UnitTests.Hosting;

public sealed class ConfigurationMistakesTests
{
    [Fact]
    public void Build_ValuesOfTheWrongTypeAndOutOfRange_AreAllReportedTogether()
    {
        var refusal = Assert.Throws<AggregateException>(() => DaemonCommand.Build(["--Stt:Engine=onnx", "--Pipeline:Encode:Timeout=soon", "--Audio:MaxChannels=two", "--RabbitMq:Port=99999"]));

        Assert.All(
            (string[])["'soon' at 'Pipeline:Encode:Timeout'", "'two' at 'Audio:MaxChannels'", "Port must be between 0 and 65535"],
            words => Assert.Contains(words, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Build_TimeLimitsThatDoNotFitTogether_AreAllReportedTogether()
    {
        var refusal = Assert.Throws<AggregateException>(() => DaemonCommand.Build(
            ["--Stt:Engine=onnx", "--Pipeline:Transcribe:Timeout=00:20:00", "--Pipeline:Translate:Timeout=00:16:00", "--RabbitMq:Port=99999"]));

        Assert.All(
            (string[])
            [
                "Http:StuckAfter (00:15:00) must be longer than Pipeline:Transcribe:Timeout (00:20:00)",
                "Http:StuckAfter (00:15:00) must be longer than Pipeline:Translate:Timeout (00:16:00)",
                "RabbitMq:ConsumerTimeout (00:30:00) must be longer than a job may take",
                "Pipeline:Translate alone 00:48:00",
                "Port must be between 0 and 65535",
            ],
            words => Assert.Contains(words, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Build_APipelineThatIsWrongItself_IsReportedOnce()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => DaemonCommand.Build(["--Stt:Engine=onnx", "--Pipeline:Decode:Retries=99"]));

        Assert.Single(refusal.Failures);
    }

    [Fact]
    public async Task Build_LongerLimitsAllTheWay_IsNoMistake()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx", "--Pipeline:Transcribe:Timeout=00:20:00", "--Http:StuckAfter=00:25:00", "--RabbitMq:ConsumerTimeout=01:00:00"]);
    }
}
