using System.Diagnostics;

namespace VoiceWorker.SttLoadTests;

/// <summary>Whether the engine's memory grows with the jobs that it has done.</summary>
internal static class EnduranceScenario
{
    private const int AtOnce = 8;
    private const int Rows = 20;

    public static async Task<int> RunAsync(int jobs, FileInfo? file, CancellationToken cancellationToken)
    {
        var samples = await Recording.ReadSamplesAsync(cancellationToken);
        await using var engine = new EngineUnderTest(Candidate.OfOnnx(Environment.ProcessorCount, trim: true), Repository.DemoModel);
        var rows = new List<(int Jobs, double Resident, double Heap)>();
        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < jobs;)
        {
            var part = Math.Min(jobs / Rows, jobs - done);
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
            {
                for (var i = Interlocked.Increment(ref next); i < part; i = Interlocked.Increment(ref next))
                    await engine.RecognizeAsync(samples[i % samples.Count], cancellationToken);
            }, cancellationToken)));
            done += part;
            rows.Add((done, ProcessMemory.Megabytes, GC.GetTotalMemory(forceFullCollection: true) / 1048576.0));
            Console.Error.WriteLine($"{done} jobs: {rows[^1].Resident:0} MiB");
        }

        var second = rows[(rows.Count / 4)..(rows.Count / 2)].Average(row => row.Resident);
        var last = rows[(rows.Count * 3 / 4)..].Average(row => row.Resident);
        var report = new Report("Speech recognition: memory over many jobs");
        report.Introduce(
            $"The `onnx` engine with the demo model, {AtOnce} jobs at once, encoder cut to the recording: {jobs} jobs in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s. "
            + $"Mean of the last quarter against the second one: {Report.Number(last, 0)} / {Report.Number(second, 0)} MiB = {Report.Number(last / second, 3)}.");
        report.AddTable(["jobs", "resident, MiB", "managed heap after collection, MiB"], rows.Select(row => new[] { $"{row.Jobs}", Report.Number(row.Resident), Report.Number(row.Heap) }));
        return await report.FinishAsync(file, cancellationToken);
    }
}
