using System.Text.Json.Nodes;
using VoiceWorker.Host.Cli;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>One run of <c>voiceworker</c> with its output caught: the real composition root, the real engines.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>What <c>--json</c> printed, by input.</summary>
    public Dictionary<string, JsonNode> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonNode.Parse(line)!).ToDictionary(line => (string)line["input"]!);

    public static async Task<CommandRun> InvokeAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var terminal = new Terminal(Terminal.Create(output, redirected: true), Terminal.Create(error, redirected: true));
        var context = new CommandContext(DaemonCommand.RunAsync, WorkerHost.CreateEmbeddedBuilder, terminal);
        var code = await CommandLine.InvokeAsync([.. args, "--Stt:Engine=onnx", "--Stt:Onnx:TrimEncoder=true"], context, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
