using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>
/// A RabbitMQ of the tests' own: on loopback, on free ports, with its own name, data, cookie and port mapper. The
/// system's node, if there is one, is left alone. It ends with the process that started it, however that ends.
/// </summary>
internal sealed class RabbitMqNode : IAsyncDisposable
{
    // More than the client takes unasked: tests look at overlarge jobs, too.
    private const uint LargestBody = 256 * 1024 * 1024;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    // The shell outlives a test process that is killed: it sees the end of its input then, and cleans up.
    private const string Script = """
        exec 2>/dev/null
        trap '' INT TERM HUP
        epmd </dev/null & epmd=$!
        "$RABBITMQ_BIN/rabbitmq-server" </dev/null >"$NODE_FOLDER/output.txt" 2>&1 & server=$!
        read -r _
        kill -KILL "$(cat "$NODE_FOLDER/pid")" || kill -KILL "$server"
        wait "$server"
        kill -KILL "$epmd"
        rm -rf "$NODE_FOLDER"
        """;

    private readonly NodeSettings _settings;
    private readonly Process _shell;

    private RabbitMqNode(NodeSettings settings, Process shell) => (_settings, _shell) = (settings, shell);

    /// <summary>The port for AMQP on 127.0.0.1.</summary>
    public int Port => _settings.AmqpPort;

    /// <summary>The process that the broker runs below.</summary>
    public int ProcessId => _shell.Id;

    /// <summary>Starts a node and waits until it takes connections.</summary>
    /// <param name="configuration">Lines for rabbitmq.conf.</param>
    /// <param name="advanced">Settings of the application rabbit as Erlang terms, for what rabbitmq.conf does not know.</param>
    public static async Task<RabbitMqNode> StartAsync(string configuration = "", string advanced = "")
    {
        var settings = NodeSettings.Create(configuration, advanced);
        var start = new ProcessStartInfo("bash", ["-c", Script]) { RedirectStandardInput = true };
        settings.CopyTo(start.Environment);
        var node = new RabbitMqNode(settings, Process.Start(start)!);
        await node.WaitUntilUpAsync();
        return node;
    }

    /// <summary>Opens a connection as a test would use it.</summary>
    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken = default) =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = Port, AutomaticRecoveryEnabled = false, MaxInboundMessageBodySize = LargestBody }.CreateConnectionAsync(cancellationToken);

    /// <summary>Lets the node evaluate Erlang, as <c>rabbitmqctl eval</c> would in a hundred times the time.</summary>
    /// <param name="expression">An expression, without the full stop.</param>
    /// <returns>Its value as Erlang writes it.</returns>
    public async Task<string> EvaluateAsync(string expression)
    {
        var start = new ProcessStartInfo("erl_call", ["-r", "-e", "-address", $"127.0.0.1:{_settings.DistributionPort}"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _settings.CopyTo(start.Environment);
        using var call = Process.Start(start)!;
        await call.StandardInput.WriteAsync($"{expression}.\n");
        call.StandardInput.Close();
        var errors = call.StandardError.ReadToEndAsync();
        var output = await call.StandardOutput.ReadToEndAsync();
        await call.WaitForExitAsync();
        return output.StartsWith("{ok, ", StringComparison.Ordinal) ? output[5..^1] : throw new InvalidOperationException($"{expression}: {await errors}{output}");
    }

    /// <summary>Adds a user with rights on the virtual host /.</summary>
    public Task AddUserAsync(string name, string password, string configure = ".*", string write = ".*", string read = ".*") =>
        EvaluateAsync($"""ok = rabbit_auth_backend_internal:add_user({Binary(name)}, {Binary(password)}, <<"test">>), {Permissions(name, configure, write, read)}""");

    /// <summary>Gives a user other rights on the virtual host /.</summary>
    public Task SetPermissionsAsync(string name, string configure, string write, string read) => EvaluateAsync(Permissions(name, configure, write, read));

    /// <summary>Raises the memory alarm, so that the node reads nothing more from connections that publish.</summary>
    public Task RaiseMemoryAlarmAsync() => EvaluateAsync("ok = vm_memory_monitor:set_vm_memory_high_watermark(0.000001)");

    /// <summary>Ends the memory alarm.</summary>
    public Task EndMemoryAlarmAsync() => EvaluateAsync("ok = vm_memory_monitor:set_vm_memory_high_watermark(0.4)");

    /// <summary>Stops the broker inside the node, as an upgrade does: clients are disconnected, the data stays.</summary>
    public Task StopAppAsync() => EvaluateAsync("ok = rabbit:stop()");

    /// <summary>Starts the broker inside the node again.</summary>
    public Task StartAppAsync() => EvaluateAsync("ok = rabbit:start()");

    /// <summary>Freezes the node: connections stay open and nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets a frozen node go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static string Permissions(string user, string configure, string write, string read) =>
        $"""ok = rabbit_auth_backend_internal:set_permissions({Binary(user)}, <<"/">>, {Binary(configure)}, {Binary(write)}, {Binary(read)}, <<"test">>)""";

    private static string Binary(string text) => $"""<<"{text.Replace("\\", "\\\\", StringComparison.Ordinal)}">>""";

    private async Task SignalAsync(string signal)
    {
        var pid = (await File.ReadAllTextAsync(Path.Combine(_settings.Folder, "pid"))).Trim();
        using var kill = Process.Start("kill", [$"-{signal}", pid]);
        await kill.WaitForExitAsync();
    }

    private async Task WaitUntilUpAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                await using var connection = await ConnectAsync(limit.Token);
                return;
            }
            catch (Exception e) when (e is BrokerUnreachableException or OperationCanceledException or OperationInterruptedException)
            {
                if (limit.IsCancellationRequested || _shell.HasExited)
                    throw new InvalidOperationException($"RabbitMQ did not start: {await StopAndReadOutputAsync()}", e);
                await Task.Delay(100);
            }
        }
    }

    private async Task<string> StopAndReadOutputAsync()
    {
        var path = Path.Combine(_settings.Folder, "output.txt");
        var output = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        await DisposeAsync();
        return output;
    }
}
