using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>The dead letters' commands against a real broker; the letters are made by the worker's own transport, and by the broker.</summary>
public sealed class DeadCommandTests(BrokerFixture broker) : IAsyncLifetime
{
    private static readonly StageFailure Cold = new(Stage.Translate, FailureKind.Transient, ErrorCode.EngineUnavailable, "the translator had a cold");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RabbitMqNode _node = null!;
    private TestQueues _queues = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await broker.NodeAsync();
        _queues = new(_node);
        await _queues.DeclareAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task List_LettersOfTheWorkerAndOfTheBroker_ShowsTheirReasonsAndTakesNoneOut()
    {
        await DeadLetterAsync("bad", Cold, """{"text":"hello","sender_id":"alice","source_lang":"en","target_lang":"es"}""");
        await SendAsync("old", "{}", p => p.Expiration = "1");
        await Wait.UntilAsync(async () => await _queues.CountAsync(_queues.Dead) == 2, "the broker has dead-lettered the second");

        var letters = (await RunAsync("list", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToDictionary(line => (string)line["message_id"]!);

        Assert.Equal(("engine_unavailable", "translate", "the translator had a cold", "alice", 1), Facts(letters["bad"]));
        Assert.Equal(("expired", "broker", "its expiration passed before a worker took it", null, 1), Facts(letters["old"]));
        Assert.All(letters.Values, letter => Assert.True(TimeProvider.System.GetUtcNow() - (DateTimeOffset)letter["failed_at"]! < TimeSpan.FromMinutes(2)));
        Assert.Equal(2u, await _queues.CountAsync(_queues.Dead));
    }

    [Fact]
    public async Task List_JobThatKilledItsWorkers_NamesTheDeliveryLimit()
    {
        await SendAsync("killer", "{}");
        await using var connection = await _node.ConnectAsync(Stop);
        // A worker that dies is a channel that closes with the job in flight; the worker's topology allows 20 of them.
        for (var i = 0; i < 22; i++)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
            await Wait.UntilAsync(async () => await channel.BasicGetAsync(_queues.Jobs, autoAck: false, Stop) is not null || await _queues.CountAsync(_queues.Dead) > 0, "the job comes back");
        }

        var run = await RunAsync("list");

        Assert.Contains("delivery_limit", run.Out);
        Assert.Contains("a job that kills its worker?", run.Out.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task List_OverAndOver_IsNoDanger()
    {
        // What RabbitMQ 4 does with every quorum queue by itself.
        await _node.EvaluateAsync($$"""ok = rabbit_policy:set(<<"/">>, <<"{{_queues.Dead}}">>, <<"^{{_queues.Dead}}$">>, [{<<"delivery-limit">>, 20}], 0, <<"queues">>, <<"test">>)""");
        await DeadLetterAsync("bad", Cold, """{"text":"hello"}""");

        for (var i = 0; i < 25; i++)
            await RunAsync("list");

        Assert.Equal(("engine_unavailable", "translate", "the translator had a cold", null, 1), Facts(JsonNode.Parse((await RunAsync("list", "--json")).Out)!));
    }

    [Fact]
    public async Task Show_Letter_PrintsFieldsAndSummarisesAudio()
    {
        using var folder = new TemporaryFolder();
        var body = $$"""{"audio_data":"{{new string('A', 4000)}}","source_lang":"en","target_lang":"es"}""";
        await DeadLetterAsync("other", Cold, "{}");
        await DeadLetterAsync("bad", Cold, body);

        var run = await RunAsync("show", "bad", "--out", folder["body"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4000 characters of base64", run.Out);
        Assert.DoesNotContain("AAAA", run.Out);
        Assert.Contains("engine_unavailable in translate", run.Out);
        Assert.Equal(body, await File.ReadAllTextAsync(folder["body"], Stop));
        Assert.Equal(2u, await _queues.CountAsync(_queues.Dead));
        Assert.Equal(1, (await RunAsync("show", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Replay_Letter_IsTheJobAsItsProducerSentIt()
    {
        var deadline = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        await DeadLetterAsync("bad", Cold, "some audio", p =>
        {
            (p.ContentType, p.ReplyTo, p.CorrelationId, p.Priority, p.AppId) = ("audio/ogg", "replies", "c", 7, "app");
            p.Headers = new Dictionary<string, object?> { ["target_lang"] = "es", ["deadline"] = deadline, ["traceparent"] = "00-1-2-3" };
        });

        Assert.Equal(0, (await RunAsync("replay")).ExitCode);

        var job = await _queues.TakeAsync(_queues.Jobs);
        var properties = job.BasicProperties;
        Assert.Equal("some audio", Encoding.UTF8.GetString(job.Body.Span));
        Assert.Equal(
            ("bad", "audio/ogg", "replies", "c", (byte)7, "app", true),
            (properties.MessageId, properties.ContentType, properties.ReplyTo, properties.CorrelationId, properties.Priority, properties.AppId, properties.Persistent));
        Assert.Equal(["deadline", "target_lang", "traceparent", AmqpNames.ReplayedHeader], Headers(job));
        Assert.Equal((deadline, "es"), (JobHeaders.Number(properties.Headers, "deadline"), JobHeaders.Text(properties.Headers, "target_lang")));
        Assert.Equal(0u, await _queues.CountAsync(_queues.Dead));
    }

    [Fact]
    public async Task Replay_LettersTheBrokerDeadLettered_LosesNoHeaderAndNoMark()
    {
        await SendAsync("old", "{}", p => (p.Expiration, p.Headers) = ("1", new Dictionary<string, object?> { ["producers-own"] = "kept" }));
        await Wait.UntilAsync(async () => await _queues.CountAsync(_queues.Dead) == 1, "the broker has dead-lettered it");

        Assert.Equal(0, (await RunAsync("replay", "--new-deadline", "60")).ExitCode);

        var job = await _queues.TakeAsync(_queues.Jobs);
        Assert.Equal(["deadline", "producers-own", AmqpNames.ReplayedHeader], Headers(job));
    }

    [Fact]
    public async Task Replay_LateJob_StaysUnlessItGetsANewDeadline()
    {
        await DeadLetterAsync("late", Cold, "{}", p => p.Headers = new Dictionary<string, object?> { ["deadline"] = 1L });
        await DeadLetterAsync("fine", Cold, "{}");

        var first = await RunAsync("replay");
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("1 stay because their deadline has passed", first.Error);
        Assert.Equal("fine", (await _queues.TakeAsync(_queues.Jobs)).BasicProperties.MessageId);

        Assert.Equal(0, (await RunAsync("replay", "--new-deadline", "600")).ExitCode);
        var job = await _queues.TakeAsync(_queues.Jobs);
        Assert.Equal("late", job.BasicProperties.MessageId);
        Assert.InRange(JobHeaders.Number(job.BasicProperties.Headers, "deadline")!.Value, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 500_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 600_000);
    }

    [Fact]
    public async Task Replay_FilterLimitAndDryRun_TouchOnlyWhatTheySay()
    {
        await DeadLetterAsync("a", Cold, "{}");
        await DeadLetterAsync("b", Cold with { Code = ErrorCode.UnsupportedAudio, Stage = Stage.Decode }, "{}");
        await DeadLetterAsync("c", Cold, "{}");

        Assert.Contains("Would replay 2 of 3", (await RunAsync("replay", "--filter", "code=engine_*", "--dry-run")).Error);
        Assert.Equal((0u, 3u), (await _queues.CountAsync(_queues.Jobs), await _queues.CountAsync(_queues.Dead)));
        Assert.Contains("Replayed 1 of 3", (await RunAsync("replay", "--filter", "stage=translate", "--limit", "1")).Error);
        Assert.Contains("Replayed 1 of 2", (await RunAsync("replay", "--filter", "id=[", "--filter", "id=b")).Error);
        Assert.Equal((2u, 1u), (await _queues.CountAsync(_queues.Jobs), await _queues.CountAsync(_queues.Dead)));
    }

    [Fact]
    public async Task Replay_JobThatTheWorkerRemembersAsDone_IsComputedAgain()
    {
        var mended = false;
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink((job, delivery) =>
            mended ? FakeSink.AnswerAsync(job, delivery) : FakeSink.FailAsync(job, delivery, Cold with { Kind = FailureKind.BadJob })));
        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1", "error");
        await Wait.UntilAsync(async () => await _queues.CountAsync(_queues.Dead) == 1, "it lies among the dead letters");
        mended = true;

        Assert.Contains("Replayed 1 of 1", (await RunAsync("replay")).Error);

        await producer.ReplyAsync("1");
        Assert.Equal(2, worker.Sink.Jobs.Count);
    }

    [Fact]
    public async Task Purge_Filter_DeletesOnlyAfterAYes()
    {
        await DeadLetterAsync("a", Cold, "{}");
        await DeadLetterAsync("b", Cold, "{}");

        Assert.Equal(1, (await RunAsync("purge")).ExitCode);
        Assert.Equal(2u, await _queues.CountAsync(_queues.Dead));
        Assert.Contains("Deleted 1 of 2", (await RunAsync("purge", "--filter", "id=a", "--yes")).Error);
        Assert.Equal("b", (await _queues.TakeAsync(_queues.Dead)).BasicProperties.MessageId);
    }

    [Fact]
    public async Task List_QueueThatIsNotThere_SaysSo()
    {
        var run = await CommandRun.InvokeAsync("dead", "list", "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={_node.Port}", "--RabbitMq:DeadLetterQueue=nowhere");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no queue 'nowhere'", run.Error);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.InvokeAsync(["dead", .. arguments, .. _queues.Settings(_node.Port)]);

    private Task DeadLetterAsync(string id, StageFailure failure, string body, Action<BasicProperties>? change = null) => DeadLetters.DeadLetterAsync(_node, _queues, id, failure, body, change);

    private async Task SendAsync(string id, string body, Action<BasicProperties>? change = null)
    {
        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await producer.SendAsync(Encoding.UTF8.GetBytes(body), "application/json", id, change);
    }

    // Without those of the broker and of the client that publishes.
    private static IEnumerable<string> Headers(BasicGetResult message) =>
        message.BasicProperties.Headers!.Keys.Where(name => name is not (AmqpNames.DeliveryCountHeader or "x-dotnet-pub-seq-no")).Order(StringComparer.Ordinal);

    private static (string? Code, string? Stage, string? Reason, string? Sender, int Attempts) Facts(JsonNode letter) =>
        ((string?)letter["code"], (string?)letter["stage"], (string?)letter["reason"], (string?)letter["sender"], (int)letter["attempts"]!);
}
