using System.Diagnostics;
using System.Runtime;
using System.Text.Json;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>
/// The inside of a contestant's process. Each line of its input starts a contestant (its settings as a JSON list), the
/// next one stops it; meanwhile it writes samples. It ends with its input, so it never outlives who started it.
/// </summary>
internal static class ContestantCommand
{
    /// <summary>Written when a contestant takes jobs.</summary>
    public const string Started = "started";

    /// <summary>Written when a contestant has ended.</summary>
    public const string Stopped = "stopped";

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            await using (var contestant = Create(ContestantSettings.Parse(JsonSerializer.Deserialize<string[]>(line)!)))
            {
                await contestant.StartAsync(cancellationToken);
                Console.WriteLine(Started);
                await WriteSamplesAsync(contestant, input.ReadLineAsync(cancellationToken).AsTask());
            }

            Console.WriteLine(Stopped);
        }

        return 0;
    }

    private static IContestant Create(ContestantSettings settings) => settings.Kind switch
    {
        ContestantKind.Raw => new RawContestant(settings),
        ContestantKind.Worker => new WorkerContestant(settings),
        ContestantKind.Sequential or ContestantKind.Async => new HandlerContestant(settings),
        ContestantKind.MassTransit => new MassTransitContestant(settings),
        ContestantKind.EnginesOnly => new EnginesOnlyContestant(settings),
        _ => throw new ArgumentException($"No contestant {settings.Kind}.", nameof(settings)),
    };

    private static async Task WriteSamplesAsync(IContestant contestant, Task stop)
    {
        var last = -1L;
        while (!stop.IsCompleted)
        {
            // Only news: a line costs both sides time.
            if (contestant.Done is var done && done != last)
            {
                last = done;
                var sample = new Sample(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, done, GC.GetTotalAllocatedBytes(), Environment.WorkingSet, JitInfo.GetCompilationTime().TotalSeconds);
                Console.WriteLine(JsonSerializer.Serialize(sample));
            }

            await Task.WhenAny(stop, Task.Delay(SampleEvery));
        }
    }
}
