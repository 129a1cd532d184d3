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
}
