using System.CommandLine;
using Spectre.Console;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli;

/// <summary><c>doctor</c>: asks every part whether it can work, and says how to mend what cannot.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly CommandContext _context;
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    public DoctorCommand(CommandContext context)
        : base("doctor", "Checks every engine, the model, the codecs and the broker.")
    {
        _context = context;
        Options.Add(_verbose);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(_context, arguments.GetValue(_verbose), CommandHost.AddBroker);
        await StartAsync(host, cancellationToken);
        var time = host.Services.GetRequiredService<TimeProvider>();
        List<(string Role, IEngine Engine)> parts = [.. EngineParts.Of(host.Services), ("broker", host.Services.GetRequiredService<BrokerCheck>())];
        var states = await Task.WhenAll(parts.Select(part => CheckAsync(part.Engine, time, cancellationToken)));
        Show([.. parts.Select((part, i) => (part.Role, part.Engine.Name, states[i]))]);
        await host.StopAsync(CancellationToken.None);
        return states.All(s => s.Ready) ? ExitCodes.Done : cancellationToken.IsCancellationRequested ? ExitCodes.Cancelled : ExitCodes.Failed;
    }

    private static async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (EngineException)
        {
            // A model that cannot be loaded ends the worker's start; here the engine itself says so, beside all the others.
        }
    }

    private static async Task<EngineStatus> CheckAsync(IEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.TryCheckAsync(time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new(false, "cancelled before it answered");
        }
    }

    private void Show(List<(string Role, string Name, EngineStatus Status)> rows)
    {
        var console = _context.Terminal.Out;
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Simple };
        table.AddColumns("", "stage", "by", "state");
        foreach (var (role, name, status) in rows)
        {
            var detail = status.Remedy is null ? status.Detail : $"{status.Detail}{Environment.NewLine}{status.Remedy}";
            table.AddRow(
                new Text(status.Ready ? "✓" : "✗", new Style(status.Ready ? Color.Green : Color.Red)),
                new Text(role), new Text(name), new Text(Terminal.Plain(detail)));
        }

        console.Write(table);
    }
}
