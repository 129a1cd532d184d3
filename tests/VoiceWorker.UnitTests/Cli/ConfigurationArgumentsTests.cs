using VoiceWorker.Host.Cli;

namespace VoiceWorker.UnitTests.Cli;

public sealed class ConfigurationArgumentsTests
{
    [Fact]
    public void Split_Settings_GoToConfigurationInBothSpellings()
    {
        var (command, configuration) = ConfigurationArguments.Split(
            ["process", "--RabbitMq:Uri=amqp://h/", "a.wav", "--Pipeline:Decode:Capacity", "7", "--to", "es"]);
        Assert.Equal(["process", "a.wav", "--to", "es"], command);
        Assert.Equal(["--RabbitMq:Uri=amqp://h/", "--Pipeline:Decode:Capacity=7"], configuration);
    }

    [Fact]
    public void Split_LogCategoryOrSenderAsKey_IsASetting() =>
        Assert.Empty(ConfigurationArguments.Split(["--Logging:LogLevel:Microsoft.AspNetCore=None", "--Tts:EspeakNg:SenderVoices:alice_b-2=es"]).Command);

    [Fact]
    public void Split_OwnOptionWithColon_StaysWithTheCommand() =>
        Assert.Equal(["--from:en", "--to=es"], ConfigurationArguments.Split(["--from:en", "--to=es"]).Command);

    [Fact]
    public void Split_AfterDoubleDash_TakesNothing() =>
        Assert.Equal(["--", "--A:B=c.wav"], ConfigurationArguments.Split(["--", "--A:B=c.wav"]).Command);
}
