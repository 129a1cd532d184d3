using System.Collections.Concurrent;
using System.Diagnostics;

namespace VoiceWorker.SttLoadTests;

/// <summary>Short recordings, first alone, then beside a recording of ten minutes that begins anew whenever it ends.</summary>
internal static class CrowdScenario
{
    private const int LongSeconds = 600;
    private const int Jobs = 300;
    private static readonly int[] AtOnce = [1, 4, 8];

    public static async Task<int> RunAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        var samples = await Recording.ReadSamplesAsync(cancellationToken);
        var rows = new List<string[]>();
        foreach (var trim in new[] { false, true })
            rows.AddRange(await CompareAsync(samples, trim, cancellationToken));
        var report = new Report("Speech recognition: short recordings beside a long one");
        report.Introduce($"The `onnx` engine with the demo model and all cores; {Jobs} recordings of 2 s in a closed loop, alone and beside one of {LongSeconds / 60} minutes. Milliseconds from request to text.");
        report.AddTable(["encoder", "short ones at once", "alone: median", "alone: p95", "beside: median", "beside: p95", "p95 beside / alone"], rows);
        return await report.FinishAsync(file, cancellationToken);
    }

    private static async Task<List<string[]>> CompareAsync(IReadOnlyList<Recording> samples, bool trim, CancellationToken cancellationToken)
    {
        await using var engine = new EngineUnderTest(Candidate.OfOnnx(Environment.ProcessorCount, trim), Repository.DemoModel);
        var rows = new List<string[]>();
        foreach (var atOnce in AtOnce)
        {
            await DriveAsync(engine, samples, atOnce, Jobs / 4, cancellationToken);
            var alone = await DriveAsync(engine, samples, atOnce, Jobs, cancellationToken);
            double[] beside;
            using (var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                var recording = RecogniseOverAndOverAsync(engine, Recording.Join(samples, LongSeconds), enough.Token);
                await DriveAsync(engine, samples, atOnce, Jobs / 4, cancellationToken);
                beside = await DriveAsync(engine, samples, atOnce, Jobs, cancellationToken);
                await enough.CancelAsync();
                await recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            rows.Add([trim ? "cut to the recording" : "30 s", $"{atOnce}", .. Cells(alone), .. Cells(beside), Report.Number(Percentile(beside, 0.95) / Percentile(alone, 0.95), 2)]);
        }

        return rows;
    }

    private static async Task RecogniseOverAndOverAsync(EngineUnderTest engine, Recording recording, CancellationToken cancellationToken)
    {
        while (true)
            await engine.RecognizeAsync(recording, cancellationToken);
    }

    private static async Task<double[]> DriveAsync(EngineUnderTest engine, IReadOnlyList<Recording> recordings, int atOnce, int jobs, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<double>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < jobs; i = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                await engine.RecognizeAsync(recordings[i % recordings.Count], cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }, cancellationToken)));
        return [.. times.Order()];
    }

    private static string[] Cells(double[] sorted) => [Report.Number(Percentile(sorted, 0.5)), Report.Number(Percentile(sorted, 0.95))];

    private static double Percentile(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];
}
