using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.IntegrationTests.RoundTrip;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>The producer against a real broker and a real worker.</summary>
public sealed class PublishTests(WholeWorkerFixture fixture, BrokerFixture broker) : IClassFixture<WholeWorkerFixture>
{
    [Fact]
    public async Task Publish_Samples_BringsEveryReplyBack()
    {
        using var folder = new TemporaryFolder();
        await SampleSentences.AssertAllAsync(await PublishAsync(fixture.Queues.Jobs, "--jobs", SampleSentences.Jobs, "--json", "--out", folder.FullName), folder.FullName);
    }

    [Theory]
    [InlineData]
    [InlineData("--json-body")]
    public async Task Publish_Progress_ShowsEachStepInItsOrder(params string[] form)
    {
        var run = await PublishAsync(fixture.Queues.Jobs, [RepositoryFiles.PathOf("samples/en-1.wav"), "--from", "en", "--to", "es", "--progress", .. form]);
        Assert.Equal(
            [
                "taken", "decoding audio", "speech recognition", "heard: where is the hospital", "translation",
                "translated: Dónde es el hospital", "text to speech", "done",
            ],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["en-1.wav: ".Length..]));
    }

    [Fact]
    public async Task Publish_Count_SendsEverythingSoManyTimes()
    {
        var run = await PublishAsync(fixture.Queues.Jobs, "--text", "good morning", "--from", "en", "--to", "es", "--format", "none", "--count", "3", "--json");
        Assert.Equal(["good morning #1", "good morning #2", "good morning #3"], run.Lines.Keys);
        Assert.All(run.Lines.Values, line => Assert.Equal("buenos días", (string?)line["translated_text"]));
    }

    [Fact]
    public async Task Publish_ErrorReply_IsShownAndFails()
    {
        var run = await PublishAsync(fixture.Queues.Jobs, "--text", "good morning", "--from", "en", "--to", "klingon");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not 'klingon' (invalid_message in intake)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NoReply_SaysSoAndFails()
    {
        var queues = new TestQueues(await broker.NodeAsync());
        await using var connection = await (await broker.NodeAsync()).ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync(queues.Jobs, durable: false, exclusive: true, autoDelete: true, cancellationToken: TestContext.Current.CancellationToken);
        var run = await PublishAsync(queues.Jobs, "--text", "good morning", "--to", "es", "--timeout", "0.2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("good morning: no reply within 0.2 s", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NoWorkerEver_SaysThatTheQueueIsNotThere()
    {
        var run = await PublishAsync("nobody.declared.this", "--text", "good morning", "--to", "es");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no queue 'nobody.declared.this' on the broker. Start a worker first", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_EverythingThere_FindsNothing()
    {
        var node = await broker.NodeAsync();
        var run = await CommandRun.InvokeAsync(["doctor", .. fixture.Queues.Settings(node.Port)]);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Contains("workers 1", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('✗', run.Out);
    }

    private async Task<CommandRun> PublishAsync(string queue, params string[] args)
    {
        var node = await broker.NodeAsync();
        return await CommandRun.InvokeAsync(["publish", .. args, "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:Queue={queue}"]);
    }
}
