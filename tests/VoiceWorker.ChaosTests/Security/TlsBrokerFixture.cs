using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.ChaosTests.Security;

/// <summary>
/// A broker with a TLS port beside the plain one. Its certificate is signed by an authority in between, as public ones
/// are, and it asks its clients for one, too.
/// </summary>
public sealed class TlsBrokerFixture : IAsyncLifetime
{
    /// <summary>The name in the broker's certificate.</summary>
    internal const string Name = "broker.example";

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _root = TestAuthority.Create("the tests' root");
    private TestAuthority _between = null!;

    internal RabbitMqNode Node { get; private set; } = null!;

    /// <summary>The TLS port.</summary>
    internal int Port { get; } = FreePort.Next();

    /// <summary>The authority that the broker's certificate goes back to.</summary>
    internal string CaFile => _folder["root.pem"];

    /// <summary>One that has nothing to do with it.</summary>
    internal string OtherCaFile => _folder["other.pem"];

    internal string ClientCertificate => _folder["client.pem"];

    internal string ClientKey => _folder["client.key"];

    public async ValueTask InitializeAsync()
    {
        _between = _root.CreateIntermediate("the tests' authority in between");
        using var other = TestAuthority.Create("somebody else's root");
        await File.WriteAllTextAsync(CaFile, _root.Pem);
        await File.WriteAllTextAsync(OtherCaFile, other.Pem);
        var (certificate, key) = _root.IssueClient("the worker");
        await File.WriteAllTextAsync(ClientCertificate, certificate);
        await File.WriteAllTextAsync(ClientKey, key);
        await InstallAsync(_between.IssueServer(Name));
        Node = await RabbitMqNode.StartAsync($"""
            listeners.ssl.1 = 127.0.0.1:{Port}
            ssl_options.cacertfile = {CaFile}
            ssl_options.certfile = {_folder["server.pem"]}
            ssl_options.keyfile = {_folder["server.key"]}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            """);
    }

    /// <summary>Gives the broker a certificate that ended yesterday, until the result is disposed.</summary>
    internal async Task<IAsyncDisposable> ExpireAsync()
    {
        await ReplaceAsync(_between.IssueServer(Name, ended: -1));
        return new Restore(this);
    }

    /// <summary>Gives the broker a certificate that is meant for clients, until the result is disposed.</summary>
    internal async Task<IAsyncDisposable> MisuseAsync()
    {
        await ReplaceAsync(_between.IssueClient(Name));
        return new Restore(this);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Dispose();
        _between.Dispose();
        _root.Dispose();
    }

    private async Task ReplaceAsync((string Certificate, string Key) issued)
    {
        await InstallAsync(issued);
        await Node.EvaluateAsync("ssl:clear_pem_cache()");
    }

    private async Task InstallAsync((string Certificate, string Key) issued)
    {
        await File.WriteAllTextAsync(_folder["server.pem"], issued.Certificate + "\n" + _between.Pem);
        await File.WriteAllTextAsync(_folder["server.key"], issued.Key);
    }

    private sealed class Restore(TlsBrokerFixture fixture) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await fixture.ReplaceAsync(fixture._between.IssueServer(Name));
    }
}
