using System.Diagnostics;
using System.Runtime.InteropServices;
using RabbitMQ.Client;

namespace VoiceWorker.LoadTests.Reports;

/// <summary>A report in Markdown, with the machine, the versions and the commit that it is about.</summary>
/// <param name="title">Its heading.</param>
/// <param name="introduction">What was measured, and how.</param>
internal sealed class Report(string title, string introduction)
{
    private readonly List<string> _lines = [];

    /// <summary>Adds a table.</summary>
    public Report Add(ReportTable table)
    {
        _lines.AddRange([.. table.Lines(), ""]);
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    public Report Add(string text)
    {
        _lines.AddRange([text, ""]);
        return this;
    }

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(FileInfo file, CancellationToken cancellationToken)
    {
        file.Directory?.Create();
        await File.WriteAllLinesAsync(file.FullName, [$"# {title}", "", await SurroundingsAsync(cancellationToken), "", introduction, "", .. _lines], cancellationToken);
    }

    private static async Task<string> SurroundingsAsync(CancellationToken cancellationToken)
    {
        var client = FileVersionInfo.GetVersionInfo(typeof(ConnectionFactory).Assembly.Location).FileVersion;
        return $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {await RunAsync("git", ["describe", "--always", "--dirty"], cancellationToken)}. {Environment.ProcessorCount} cores ({Processor()}), "
            + $"{RuntimeInformation.OSDescription}, .NET {Environment.Version}, RabbitMQ {await RunAsync("dpkg-query", ["-W", "-f", "${Version}", "rabbitmq-server"], cancellationToken)} on the same machine, RabbitMQ.Client {client}.";
    }

    private static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output.Trim() : "unknown";
    }
}
