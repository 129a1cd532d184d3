using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Ports;
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
        // The first job, and the trial that tells whose fault it was.
        Assert.Equal(2, asked);
        var metrics = await worker.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("voiceworker_engine_fallbacks_total{stage=\"translate\",engine=\"libretranslate\"} 5", metrics);
        Assert.Contains("voiceworker_engine_circuit_open{stage=\"translate\",engine=\"openai\"} 1", metrics);
        Assert.Contains("voiceworker_stage_circuit_open{stage=\"translate\"} 0", metrics);

        broken = false;

        await Wait.UntilAsync(async () => await TranslateAsync(producer, $"{Guid.NewGuid()}") == "by the first", "the first engine serves again");
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));
    }

    [Fact]
    public async Task ServerRefusesASettingOfOurs_IntakePausesNothingIsDeadLetteredAndWorkResumes()
    {
        var (refuses, asked) = (true, 0);
        await using var server = await TestServer.StartAsync(application =>
        {
            // It still lists its models, which proves nothing.
            application.MapGet("/models", () => Results.Text("""{"data":[{"id":"m"}]}""", "application/json"));
            application.MapPost("/chat/completions", () =>
            {
                Interlocked.Increment(ref asked);
                return refuses ? Results.Text("""{"error":{"message":"max_tokens is too large: 999999."}}""", "application/json", statusCode: 400) : Results.Text(Reply, "application/json");
            });
        });
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await WholeWorker.StartAsync(
            node, queues, "--Translation:Engine=openai", "--Translation:OpenAi:MaxTokens=999999", "--Pipeline:Circuit:ProbeInterval=00:00:00.200",
            "--Translation:OpenAi:Model=m", $"--Translation:OpenAi:BaseAddress={server.Address}");
        await using var producer = await TestProducer.StartAsync(node, queues);

        string[] ids = ["one", "two", "three"];
        foreach (var id in ids)
            await producer.SendAsync("""{"text":"good day","source_lang":"en","target_lang":"es","audio_format":"none"}"""u8.ToArray(), "application/json", id);
        await worker.Services.GetRequiredService<IJobSink>().Paused.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        // Two more trials, and it is still shut.
        var before = asked;
        await Wait.UntilAsync(() => asked >= before + 2, "the server is asked again");
        Assert.True(worker.Services.GetRequiredService<IJobSink>().Paused.IsCompleted);
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));

        refuses = false;

        foreach (var id in ids)
            Assert.Equal("by the first", (await producer.ReplyAsync(id)).Data.GetProperty("translated_text").GetString());
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));
    }

    private static async Task<string?> TranslateAsync(TestProducer producer, string id)
    {
        await producer.SendAsync("""{"text":"good day","source_lang":"en","target_lang":"es","audio_format":"none"}"""u8.ToArray(), "application/json", id);
        return (await producer.ReplyAsync(id)).Data.GetProperty("translated_text").GetString();
    }
}
