using System.CommandLine;
using Spectre.Console;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli;

/// <summary><c>doctor</c>: asks every part whether it can work, and says how to mend what cannot.</summary>
internal sealed class DoctorCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
        await host.StartAsync(cancellationToken);
        var parts = Parts(host.Services);
        var states = await Task.WhenAll(parts.Select(part => CheckAsync(part.Engine, cancellationToken)));
        Show([.. parts.Select((part, i) => (part.Role, part.Engine.Name, states[i]))]);
        await host.StopAsync(CancellationToken.None);
        return states.All(s => s.Ready) ? 0 : 1;
    }

    private static List<(string Role, IEngine Engine)> Parts(IServiceProvider services) =>
    [
        ("decode", services.GetRequiredService<IAudioDecoder>()),
        ("transcribe", services.GetRequiredService<ISpeechRecognizer>()),
        ("translate", services.GetRequiredService<ITranslator>()),
        ("synthesize", services.GetRequiredService<ISpeechSynthesizer>()),
        ("encode", services.GetRequiredService<IAudioEncoder>()),
        ("broker", services.GetRequiredService<BrokerCheck>()),
    ];

    private static async Task<EngineStatus> CheckAsync(IEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.CheckAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new(false, $"gave no answer within {Patience.TotalSeconds:0} s", "Look at its log, or run doctor with --verbose.");
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
