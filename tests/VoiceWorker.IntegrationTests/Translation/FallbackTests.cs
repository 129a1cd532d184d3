using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.IntegrationTests.RoundTrip;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>The whole worker with two translation servers, the preferred one of which turns everybody away for a while.</summary>
public sealed class FallbackTests(BrokerFixture broker)
{
    private const string Reply = """{"choices":[{"message":{"role":"assistant","content":"by the first"},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task FirstEngineIsDown_SecondServesUntilItIsBack()
    {
        var (broken, asked) = (true, 0);
        await using var first = await TestServer.StartAsync(server =>
        {
            server.MapGet("/models", () => broken ? Results.Unauthorized() : Results.Text("""{"data":[{"id":"m"}]}""", "application/json"));
            server.MapPost("/chat/completions", () =>
            {
                Interlocked.Increment(ref asked);
                return broken ? Results.Unauthorized() : Results.Text(Reply, "application/json");
            });
        });
        await using var second = await TestServer.StartAsync(server =>
        {
            server.MapGet("/languages", () => Results.Text("""[{"code":"en","name":"English","targets":["es"]},{"code":"es","name":"Spanish","targets":["en"]}]""", "application/json"));
            server.MapPost("/translate", () => Results.Text("""{"translatedText":"by the second"}""", "application/json"));
        });
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await WholeWorker.StartAsync(
            node, queues, "--Translation:Engine=openai,libretranslate", "--Translation:Cache:Enabled=false", "--Pipeline:Circuit:ProbeInterval=00:00:00.200",
            "--Translation:OpenAi:Model=m", $"--Translation:OpenAi:BaseAddress={first.Address}", $"--Translation:LibreTranslate:BaseAddress={second.Address}");
        await using var producer = await TestProducer.StartAsync(node, queues);

        for (var i = 0; i < 5; i++)
            Assert.Equal("by the second", await TranslateAsync(producer, $"{i}"));
        Assert.Equal(1, asked);
        var metrics = await worker.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("voiceworker_engine_fallbacks_total{stage=\"translate\",engine=\"libretranslate\"} 5", metrics);
        Assert.Contains("voiceworker_engine_circuit_open{stage=\"translate\",engine=\"openai\"} 1", metrics);
        Assert.Contains("voiceworker_stage_circuit_open{stage=\"translate\"} 0", metrics);

        broken = false;

        await Wait.UntilAsync(async () => await TranslateAsync(producer, $"{Guid.NewGuid()}") == "by the first", "the first engine serves again");
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));
    }

    private static async Task<string?> TranslateAsync(TestProducer producer, string id)
    {
        await producer.SendAsync("""{"text":"good day","source_lang":"en","target_lang":"es","audio_format":"none"}"""u8.ToArray(), "application/json", id);
        return (await producer.ReplyAsync(id)).Data.GetProperty("translated_text").GetString();
    }
}
