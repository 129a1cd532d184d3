using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using RabbitMQ.Client;
using Spectre.Console;
using VoiceWorker.Host.RabbitMq;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.LoadTests;

/// <summary>Jobs a second of the worker and of the raw client, in turn, from a queue that was filled before.</summary>
internal static class ThroughputScenario
{
    private const ushort Prefetch = 256;
    private const string Queue = "voice.jobs";
    private const string Replies = "replies";
    private static readonly int[] Sizes = [1_000, 20_000, 256_000];

    public static async Task<int> RunAsync(int jobs, int rounds, FileInfo? report, CancellationToken cancellationToken)
    {
        await using var node = await RabbitMqNode.StartAsync();
        var table = new Table().AddColumns("job, bytes", "raw, jobs/s (median)", "worker, jobs/s (median)", "worker / raw (median of pairs)", "pairs");
        var lines = new List<string> { "| job, bytes | raw, jobs/s | worker, jobs/s | worker / raw | each pair |", "|---|---|---|---|---|" };
        foreach (var size in Sizes)
        {
            var count = Math.Max(500, (int)(jobs / Math.Sqrt(size / 1000.0) / (size > 100_000 ? 3 : 1)));
            var pairs = new List<(double Raw, double Worker)>();
            // The first pair warms up: the runtime compiles what it sees often.
            for (var round = 0; round <= rounds; round++)
            {
                var raw = await MeasureAsync(node, count, size, finished => RawBaseline.DrainQueueAsync(node, Queue, count, Prefetch, finished, cancellationToken), cancellationToken);
                var worker = await MeasureAsync(node, count, size, finished => FreeWorker.DrainQueueAsync(node, Queue, count, size, Prefetch, finished, cancellationToken), cancellationToken);
                AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} bytes, round {round}: raw {raw:0} jobs/s, worker {worker:0} jobs/s, ratio {worker / raw:0.00}{(round == 0 ? " (warm-up)" : "")}"));
                if (round > 0)
                    pairs.Add((raw, worker));
            }

            var ratios = pairs.Select(p => p.Worker / p.Raw).ToArray();
            string[] row =
            [
                $"{size}", Number(Median(pairs.Select(p => p.Raw)), "0"), Number(Median(pairs.Select(p => p.Worker)), "0"), Number(Median(ratios), "0.00"),
                string.Join(" ", ratios.Select(r => Number(r, "0.00"))),
            ];
            table.AddRow(row);
            lines.Add($"| {string.Join(" | ", row)} |");
        }

        AnsiConsole.Write(table);
        if (report is not null)
            await File.WriteAllLinesAsync(report.FullName, [.. Heading(rounds), .. lines], cancellationToken);
        return 0;
    }

    private static async Task<double> MeasureAsync(RabbitMqNode node, int jobs, int size, Func<Action, Task> drainQueue, CancellationToken cancellationToken)
    {
        await FillAsync(node, jobs, size, cancellationToken);
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var elapsed = TimeSpan.Zero;
        await drainQueue(() => elapsed = Stopwatch.GetElapsedTime(started));
        return jobs / elapsed.TotalSeconds;
    }

    private static async Task FillAsync(RabbitMqNode node, int jobs, int size, CancellationToken cancellationToken)
    {
        await using var connection = await node.ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await Topology.DeclareAsync(channel, new RabbitMqOptions { Queue = Queue }, cancellationToken);
        await channel.QueueDeclareAsync(Replies, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueuePurgeAsync(Replies, cancellationToken);
        await channel.QueuePurgeAsync(Queue, cancellationToken);
        var body = new byte[size];
        foreach (var batch in Enumerable.Range(0, jobs).Chunk(500))
            await Task.WhenAll(batch.Select(i => channel.BasicPublishAsync("", Queue, mandatory: true, Properties(i), body, cancellationToken).AsTask()));
    }

    private static BasicProperties Properties(int job) => new()
    {
        DeliveryMode = DeliveryModes.Persistent,
        ContentType = "audio/ogg",
        ReplyTo = Replies,
        MessageId = $"{job}",
        CorrelationId = $"{job}",
        Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" },
    };

    private static IEnumerable<string> Heading(int rounds) =>
    [
        "# Throughput with engines that cost nothing", "",
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, broker on the same machine, prefetch {Prefetch}, {rounds} pairs after one warm-up pair.",
        "", "`raw` consumes, publishes a reply of the job's size with confirm and acknowledges, with RabbitMQ.Client alone. `worker` is the whole transport and mesh.", "",
    ];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
