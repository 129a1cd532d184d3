using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using VoiceWorker.ChaosTests.Harness;

[assembly: AssemblyFixture(typeof(ChaosReport))]

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>Collects how every run ended, and writes the report after the last one if a file is named for it.</summary>
public sealed class ChaosReport : IDisposable
{
    private static readonly ConcurrentQueue<(string Fault, Tally Tally)> Rows = new();
    private static readonly ConcurrentQueue<string> Sections = new();

    internal static void Add(string fault, Tally tally) => Rows.Enqueue((fault, tally));

    /// <summary>Adds a section of its own, in Markdown.</summary>
    internal static void AddSection(string markdown) => Sections.Enqueue(markdown);

    public void Dispose()
    {
        if (LongForm.Report is { } file)
            File.WriteAllText(file, Write());
    }

    private static string Write()
    {
        var rows = Rows.OrderBy(row => row.Fault, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Faults on purpose: what became of the jobs

            Written by `./chaos.sh`. {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} cores, {Processor()}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, RabbitMQ {BrokerVersion.Text}. Other programs may have used the machine at the same time: times are upper bounds, not benchmarks.

            Recovery is the time from the end of the fault to the reply to a job sent at that moment; for a killed worker it includes the start of the next process.

            | fault | jobs sent | answered | duplicate replies | dead letters | lost | recovery |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |

            """);
        foreach (var (fault, tally) in rows)
            AppendRow(text, fault, tally, tally.Recovery is { } recovery ? $"{recovery.TotalSeconds:0.0} s" : "");
        var total = rows.Select(row => row.Tally).ToList();
        var sum = new Tally(
            total.Sum(t => t.Sent), total.Sum(t => t.Answered), total.Sum(t => t.Duplicates), total.Sum(t => t.DeadLetters),
            [.. total.SelectMany(t => t.Lost)], [.. total.SelectMany(t => t.Doubled)], null);
        AppendRow(text, "**all**", sum, "");
        foreach (var section in Sections)
            text.AppendLine().AppendLine(section.TrimEnd());
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string fault, Tally tally, string recovery) => text.AppendLine(
        CultureInfo.InvariantCulture, $"| {fault} | {tally.Sent} | {tally.Answered} | {tally.Duplicates} | {tally.DeadLetters} | {tally.Lost.Count + tally.Doubled.Count} | {recovery} |");

    private static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
}
