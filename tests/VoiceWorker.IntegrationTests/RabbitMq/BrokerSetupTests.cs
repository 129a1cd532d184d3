using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Health;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Commands;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A broker that is not as the worker needs it: the worker lives, takes nothing, and says what would mend it.</summary>
public sealed class BrokerSetupTests(BrokerFixture fixture) : IAsyncLifetime
{
    private const string Password = "secret";

    private static readonly StageFailure Bad = new(Stage.Decode, FailureKind.BadJob, ErrorCode.Internal, "bad");

    private readonly string _user = $"user-{Guid.NewGuid():n}"[..13];
    private RabbitMqNode _node = null!;
    private TestQueues _queues = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _node = await fixture.NodeAsync();
        _queues = new(_node);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("jobs", "classic", "is a classic queue; the worker needs a quorum queue")]
    [InlineData("dead", "classic", "is a classic queue; the worker needs a quorum queue")]
    [InlineData("retry", "classic", "is a classic queue; the worker needs a quorum queue")]
    [InlineData("jobs", "limit", "has x-delivery-limit=7; the worker wants 20. Set RabbitMq:DeliveryLimit=7")]
    [InlineData("results", "direct", "is of the type direct; the worker needs the type topic")]
    public async Task Start_SomethingIsThereWithOtherProperties_SaysSoAndRecoversWhenItIsGone(string which, string how, string expected)
    {
        await using var connection = await _node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var name = which switch { "jobs" => _queues.Jobs, "dead" => _queues.Dead, "retry" => $"{_queues.Jobs}.retry.60s", _ => _queues.Results };
        if (how == "direct")
            await channel.ExchangeDeclareAsync(name, ExchangeType.Direct, durable: true, cancellationToken: Stop);
        else
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, how == "limit" ? With("x-delivery-limit", 7) : null, cancellationToken: Stop);
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync));

        var words = await NotReadyAsync(worker);

        Assert.Contains($"{name} {expected}", words, StringComparison.Ordinal);
        Assert.Contains("elete it", words, StringComparison.Ordinal);
        Assert.Contains("RabbitMq:DeclareTopology=false", words, StringComparison.Ordinal);
        await AssertDoctorSaysAsync(expected);
        if (how == "direct")
            await channel.ExchangeDeleteAsync(name, cancellationToken: Stop);
        else
            await channel.QueueDeleteAsync(name, cancellationToken: Stop);
        await worker.ConsumingAsync();
        await Wait.UntilAsync(async () => await HealthAsync(worker) is null, "nothing is wrong any more");
    }

    [Fact]
    public async Task Start_ClassicQueueAndTopologyIsNotDeclared_UsesIt()
    {
        await _queues.DeclareAsync();
        await using var connection = await _node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.QueueDeleteAsync(_queues.Jobs, cancellationToken: Stop);
        await channel.QueueDeclareAsync(_queues.Jobs, durable: true, exclusive: false, autoDelete: false, cancellationToken: Stop);
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync), ("DeclareTopology", "false"));
        await using var producer = await TestProducer.StartAsync(_node, _queues);

        await producer.SendTextAsync("hi", "1");

        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task Start_TopologyIsNeitherThereNorDeclared_SaysWhatIsMissing()
    {
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync), ("DeclareTopology", "false"));

        var words = await NotReadyAsync(worker);

        Assert.Contains($"There is no queue {_queues.Jobs} on the broker, and RabbitMq:DeclareTopology is false.", words, StringComparison.Ordinal);
        await AssertDoctorSaysAsync("RabbitMq:DeclareTopology is false", "--RabbitMq:DeclareTopology=false");
        await _queues.DeclareAsync();
        await worker.ConsumingAsync();
    }

    [Fact]
    public async Task Start_UserMayNotDeclare_UsesWhatIsThere()
    {
        await _queues.DeclareAsync();
        await AddUserAsync("^$", ".*", ".*");
        await using var worker = await StartAsUserAsync();
        await using var producer = await TestProducer.StartAsync(_node, _queues);

        await producer.SendTextAsync("hi", "1");

        await producer.ReplyAsync("1");
        // It may not declare the queue that it would hear cancellations on, and jobs are done all the same.
        await Wait.UntilAsync(() => worker.Troubles.Of(BrokerProblems.Control)?.Contains("Jobs cannot be cancelled. The user", StringComparison.Ordinal) is true, "that is said");
        await AssertDoctorSaysNothingAsync(AsUser);
    }

    [Fact]
    public async Task Start_UserWithTheRightsOfTheManual_DoesAll()
    {
        // docs/operations.md, Rights on the broker, with this test's names.
        const string Control = "control-of-the-manual";
        await AddUserAsync(
            $"^(({_queues.Jobs}|{_queues.Dead}|{_queues.Results}|{Control}).*|amq\\.gen-.*)$",
            $"^(amq\\.default|({_queues.Jobs}|{_queues.Dead}|{_queues.Results}).*|amq\\.gen-.*)$",
            $"^(({_queues.Jobs}|{_queues.Dead}|{Control}).*|amq\\.gen-.*)$");
        await using var worker = await TestWorker.StartAsync(
            _queues, _node.Port, new FakeSink((job, delivery) => job.MessageId == "bad" ? FakeSink.FailAsync(job, delivery, Bad) : FakeSink.AnswerAsync(job, delivery)),
            ("User", _user), ("Password", Password), ("ControlExchange", Control), ("ObserveInterval", "00:00:00.100"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await using var connection = await _node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);

        await producer.SendTextAsync("hi", "good");
        await producer.SendTextAsync("hi", "bad");

        await producer.ReplyAsync("good");
        Assert.Equal("bad", (await _queues.TakeAsync(_queues.Dead)).BasicProperties.MessageId);
        await Wait.UntilAsync(
            async () =>
            {
                await channel.BasicPublishAsync(Control, "", "{\"type\":\"cancel\",\"message_id\":\"1\"}"u8.ToArray(), Stop);
                return !worker.Sink.Cancelled.IsEmpty;
            },
            "a cancellation is heard");
        Assert.Null(worker.Troubles.Of(BrokerProblems.Control));
    }

    [Fact]
    public async Task Start_UserMayNotDeclareWhatIsMissing_NamesTheRight()
    {
        await AddUserAsync("^$", ".*", ".*");
        await using var worker = await StartAsUserAsync();

        var words = await NotReadyAsync(worker);

        Assert.Contains($"There is no queue {_queues.Jobs} on the broker, and the user '{_user}' may not declare it. Start a worker once as a user who may, or give this one the right: rabbitmqctl set_permissions", words, StringComparison.Ordinal);
        Assert.DoesNotContain("ACCESS_REFUSED", words, StringComparison.Ordinal);
        await AssertDoctorSaysAsync("may not declare it", AsUser);
        await Assert.ThrowsAnyAsync<Exception>(() => _queues.CountAsync(_queues.Jobs));
        await _queues.DeclareAsync();
        await worker.ConsumingAsync();
    }

    [Theory]
    [InlineData("default", "may not write to the exchange 'amq.default'")]
    [InlineData("results", "may not write to the exchange 'results-")]
    [InlineData("dead", "may not write to the exchange 'dead-")]
    [InlineData("jobs", "may not read from the queue 'jobs-")]
    public async Task Start_RightIsMissing_NoJobIsTakenAndTheRightIsNamed(string which, string expected)
    {
        await _queues.DeclareAsync();
        var (write, read) = which switch
        {
            "default" => ($"^({_queues.Results}|{_queues.Dead})$", ".*"),
            "results" => ($"^(amq\\.default|{_queues.Dead})$", ".*"),
            "dead" => ($"^(amq\\.default|{_queues.Results})$", ".*"),
            _ => (".*", $"^{_queues.Dead}$"),
        };
        await AddUserAsync("^$", write, read);
        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await producer.SendTextAsync("hi", "1");
        await using var worker = await StartAsUserAsync();

        var words = await NotReadyAsync(worker);

        Assert.Contains($"The user '{_user}' {expected}", words, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl set_permissions", words, StringComparison.Ordinal);
        await AssertDoctorSaysAsync(expected, AsUser);
        Assert.Empty(worker.Sink.Jobs);
        Assert.Equal((1u, 0u), (await _queues.CountAsync(_queues.Jobs), await _queues.CountAsync(_queues.Dead)));
        await _node.SetPermissionsAsync(_user, "^$", ".*", ".*");
        await producer.ReplyAsync("1");
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("retry")]
    [InlineData("dead queue")]
    [InlineData("dead exchange")]
    [InlineData("results")]
    public async Task Run_PartOfTheTopologyIsDeleted_IsDeclaredAnew(string which)
    {
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink((job, delivery) => FakeSink.FailAsync(job, delivery, Bad)), ("ObserveInterval", "00:00:00.100"));
        await worker.ConsumingAsync();
        await using var connection = await _node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var retry = $"{_queues.Jobs}.retry.10s";

        await (which switch
        {
            "jobs" => channel.QueueDeleteAsync(_queues.Jobs, cancellationToken: Stop),
            "retry" => channel.QueueDeleteAsync(retry, cancellationToken: Stop),
            "dead queue" => channel.QueueDeleteAsync(_queues.Dead, cancellationToken: Stop),
            "dead exchange" => channel.ExchangeDeleteAsync(_queues.Dead, cancellationToken: Stop),
            _ => channel.ExchangeDeleteAsync(_queues.Results, cancellationToken: Stop),
        });

        foreach (var part in Topology.Of(new() { Queue = _queues.Jobs, DeadLetterQueue = _queues.Dead, ResultsExchange = _queues.Results }))
            await Wait.UntilAsync(async () => await IsThereAsync(connection, part), $"the {part.Words} is there again");
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await producer.SendTextAsync("hi", "1");
        Assert.Equal("1", (await _queues.TakeAsync(_queues.Dead)).BasicProperties.MessageId);
    }

    [Fact]
    public async Task Run_QueueIsDeletedAndDeclaredInOneMoment_JobsOfTheNewOneAreAnswered()
    {
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync), ("ObserveInterval", "00:00:00.200"));
        await worker.ConsumingAsync();
        await using var connection = await _node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var queue = Topology.Of(new() { Queue = _queues.Jobs, DeadLetterQueue = _queues.Dead }).Single(part => part.Name == _queues.Jobs && part is QueuePart);
        // The broker's channel hears of the deletion when the new queue is there.
        await _node.EvaluateAsync($$"""
            Consumers = [C || C <- rabbit_amqqueue:consumers_all(<<"/">>), proplists:get_value(queue_name, C) =:= rabbit_misc:r(<<"/">>, queue, <<"{{_queues.Jobs}}">>)],
            Channels = [proplists:get_value(channel_pid, C) || C <- Consumers],
            persistent_term:put({{Channels(_queues)}}, Channels),
            [ok = sys:suspend(Channel) || Channel <- Channels]
            """);
        await channel.QueueDeleteAsync(_queues.Jobs, cancellationToken: Stop);
        await queue.DeclareAsync(channel, Stop);
        await _node.EvaluateAsync($"[ok = sys:resume(Channel) || Channel <- persistent_term:get({Channels(_queues)})]");

        await using var producer = await TestProducer.StartAsync(_node, _queues);
        await producer.SendTextAsync("hi", "1");

        await producer.ReplyAsync("1");

        static string Channels(TestQueues queues) => $"<<\"channels of {queues.Jobs}\">>";
    }

    [Fact]
    public async Task Questions_AboutWhatIsNotThere_DeclareNothing()
    {
        await using var connection = await _node.ConnectAsync(Stop);
        await using var broker = new AskingChannel(connection);
        foreach (var part in Topology.Of(new() { Queue = _queues.Jobs, DeadLetterQueue = _queues.Dead, ResultsExchange = _queues.Results }).Where(part => part is not BindingPart))
        {
            Assert.Equal((ushort)Constants.PreconditionFailed, (await broker.AskAsync(part.TryRightAsync, Stop))?.ReplyCode);
            if (part is QueuePart queue)
                Assert.Equal((ushort)Constants.PreconditionFailed, (await broker.AskAsync(queue.CompareTypeAsync, Stop))?.ReplyCode);
            Assert.False(await IsThereAsync(connection, part), part.Words);
        }
    }

    [Fact]
    public async Task Declare_ManyAtOnce_AllSucceed()
    {
        await using var worker = await TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync));
        await using var connection = await _node.ConnectAsync(Stop);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => worker.Setup.DeclareAsync(connection, Stop)));

        await worker.ConsumingAsync();
    }

    private Dictionary<string, object?> With(string argument, object value)
    {
        var jobs = Topology.Of(new() { Queue = _queues.Jobs, DeadLetterQueue = _queues.Dead }).OfType<QueuePart>().Single(part => part.Name == _queues.Jobs);
        return new(jobs.Arguments) { [argument] = value };
    }

    private string[] AsUser => [$"--RabbitMq:User={_user}", $"--RabbitMq:Password={Password}"];

    private Task<TestWorker> StartAsUserAsync() => TestWorker.StartAsync(_queues, _node.Port, new FakeSink(FakeSink.AnswerAsync), ("User", _user), ("Password", Password));

    private Task AddUserAsync(string configure, string write, string read) => _node.AddUserAsync(_user, Password, configure, write, read);

    private static async Task<bool> IsThereAsync(IConnection connection, TopologyPart part)
    {
        await using var broker = new AskingChannel(connection);
        return !await BrokerSetup.IsMissingAsync(broker, part, Stop);
    }

    private static async Task<string> NotReadyAsync(TestWorker worker)
    {
        string? words = null;
        await Wait.UntilAsync(async () => (words = await HealthAsync(worker)) is not null, "something is said to be wrong");
        Assert.False(worker.Consumer.IsConsuming);
        return words!;
    }

    private static async Task<string?> HealthAsync(TestWorker worker)
    {
        var result = await new BrokerHealthCheck(worker.Troubles).CheckHealthAsync(new(), Stop);
        return result.Status == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy ? result.Description : null;
    }

    private async Task AssertDoctorSaysAsync(string expected, params string[] settings)
    {
        var status = await DoctorAsync(settings);
        Assert.False(status.Ready);
        Assert.Contains(expected, status.Remedy, StringComparison.Ordinal);
    }

    private async Task AssertDoctorSaysNothingAsync(params string[] settings)
    {
        var status = await DoctorAsync(settings);
        Assert.True(status.Ready, status.Remedy);
    }

    private Task<EngineStatus> DoctorAsync(string[] settings) => BrokerDoctor.CheckAsync([.. _queues.Settings(_node.Port), .. settings]);
}
