using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.ChaosTests.Security;

/// <summary>TLS to a real broker: who is let in, and what the log says when nobody is.</summary>
public sealed class TlsTests(TlsBrokerFixture fixture) : IClassFixture<TlsBrokerFixture>
{
    [Fact]
    public async Task Connect_RightAuthorityNameAndOwnCertificate_JobIsAnswered()
    {
        await using var engines = await EngineServer.StartAsync();
        var queues = new TestQueues(fixture.Node);
        await using var worker = Start(engines, queues, Trusted(), OwnCertificate());
        await worker.ReadyAsync();
        await using var producer = await ChaosProducer.StartAsync(fixture.Node, queues);

        await producer.SendTextAsync("over-tls");

        await Wait.UntilAsync(() => producer.Jobs["over-tls"].Replies == 1, "the job is answered");
    }

    [Fact]
    public async Task Connect_UnknownAuthority_IsRefusedByTheWorker() =>
        await AssertRefusedAsync("not signed by an authority", [$"--RabbitMq:Tls:CaFile={fixture.OtherCaFile}", $"--RabbitMq:Tls:ServerName={TlsBrokerFixture.Name}"], OwnCertificate());

    [Fact]
    public async Task Connect_AuthorityOnlyInTheSystemsPlace_IsRefusedByTheWorker() =>
        await AssertRefusedAsync("not signed by an authority", [$"--RabbitMq:Tls:ServerName={TlsBrokerFixture.Name}"], OwnCertificate());

    [Fact]
    public async Task Connect_OtherName_IsRefusedByTheWorker() =>
        await AssertRefusedAsync($"is for {TlsBrokerFixture.Name}", [$"--RabbitMq:Tls:CaFile={fixture.CaFile}", "--RabbitMq:Tls:ServerName=elsewhere.example"], OwnCertificate());

    [Fact]
    public async Task Connect_ExpiredCertificate_IsRefusedByTheWorker()
    {
        await using var expired = await fixture.ExpireAsync();
        await AssertRefusedAsync("expired", Trusted(), OwnCertificate());
    }

    [Fact]
    public async Task Connect_CertificateMeantForClients_IsRefusedByTheWorker()
    {
        await using var misused = await fixture.MisuseAsync();
        await AssertRefusedAsync("not meant for servers", Trusted(), OwnCertificate());
    }

    [Fact]
    public async Task Connect_WithoutOwnCertificate_IsRefusedByTheBrokerAndTheLogSaysSo() =>
        await AssertRefusedAsync("Tls:CertificateFile", Trusted(), []);

    [Fact]
    public async Task Connect_PlainTextPort_IsRefusedAndTheLogSaysSo() =>
        await AssertRefusedAsync("no TLS", [.. Trusted(), $"--RabbitMq:Port={fixture.Node.Port}"], OwnCertificate());

    [Fact]
    public async Task Connect_TlsPortWithoutTls_LogSaysWhatMayBeWrong() =>
        await AssertRefusedAsync("RabbitMq:Tls", ["--RabbitMq:Tls:Enabled=false"], []);

    private async Task AssertRefusedAsync(string reason, string[] tls, string[] own)
    {
        await using var engines = await EngineServer.StartAsync();
        await using var worker = Start(engines, new TestQueues(fixture.Node), tls, own);
        try
        {
            await Wait.UntilAsync(() => worker.Output.Contains("No connection to", StringComparison.Ordinal), "the worker is refused");
            var line = worker.Output.Split('\n').First(text => text.Contains("No connection to", StringComparison.Ordinal));
            Assert.Contains(reason, line, StringComparison.Ordinal);
            Assert.DoesNotContain("Connected to", worker.Output, StringComparison.Ordinal);
        }
        catch
        {
            worker.WriteLog();
            throw;
        }
    }

    private WorkerProcess Start(EngineServer engines, TestQueues queues, string[] tls, string[] own)
    {
        var worker = new WorkerProcess([],
        [
            "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={fixture.Port}", "--RabbitMq:Tls:Enabled=true", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}",
            $"--RabbitMq:ResultsExchange={queues.Results}", "--RabbitMq:ConnectTimeout=00:00:05", .. engines.Settings(), .. tls, .. own,
        ]);
        worker.Start();
        return worker;
    }

    private string[] Trusted() => [$"--RabbitMq:Tls:CaFile={fixture.CaFile}", $"--RabbitMq:Tls:ServerName={TlsBrokerFixture.Name}"];

    private string[] OwnCertificate() => [$"--RabbitMq:Tls:CertificateFile={fixture.ClientCertificate}", $"--RabbitMq:Tls:KeyFile={fixture.ClientKey}"];
}
