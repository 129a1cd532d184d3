using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.UnitTests.Hosting;

public sealed class EffectiveConfigurationTests
{
    [Theory]
    [InlineData("--RabbitMq:Password=hunter2")]
    [InlineData("--RabbitMq:Uri=amqp://user:hunter2@broker:5672/")]
    [InlineData("--Tracing:Headers=authorization=hunter2")]
    [InlineData("--Tts:Engine=openai", "--Tts:OpenAi:ApiKey=hunter2")]
    public void ToJson_WithASecret_HidesIt(params string[] args) =>
        Assert.DoesNotContain("hunter2", JsonOf(args), StringComparison.Ordinal);

    [Fact]
    public void ToJson_WithASecret_TellsThatThereIsOne() =>
        Assert.Equal("***", (string?)JsonNode.Parse(JsonOf("--RabbitMq:Password=hunter2"))!["RabbitMq"]!["Password"]);

    [Fact]
    public void ToJson_WithAnAddress_ShowsAllButItsUser() =>
        Assert.Equal("amqp://***@broker:5672/", (string?)JsonNode.Parse(JsonOf("--RabbitMq:Uri=amqp://user:hunter2@broker:5672/"))!["RabbitMq"]!["Uri"]);

    [Fact]
    public void ToJson_OfASetting_ShowsTheConfiguredValue() =>
        Assert.Equal(3, (int)JsonNode.Parse(JsonOf("--Pipeline:Translate:Parallelism=3"))!["Pipeline"]!["Translate"]!["Parallelism"]!);

    [Fact]
    public void ToJson_OfAnUnsetSetting_ShowsTheDefault() =>
        Assert.Equal("http://127.0.0.1:9480", (string?)JsonNode.Parse(JsonOf())!["Http"]!["Url"]);

    private static string JsonOf(params string[] args)
    {
        using var app = DaemonCommand.Build(["--Stt:Engine=onnx", "--Stt:ModelPath=model.bin", .. args]);
        return app.Services.GetRequiredService<EffectiveConfiguration>().ToJson();
    }
}
