using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace VoiceWorker.SttLoadTests;

/// <summary>The measuring process: jobs in a closed loop, a new one for each that is done.</summary>
internal static class Measurement
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string json, CancellationToken cancellationToken)
    {
        var settings = JsonSerializer.Deserialize<MeasurementSettings>(json)!;
        var samples = await Recording.ReadSamplesAsync(cancellationToken);
        IReadOnlyList<Recording> recordings = settings.ClipSeconds == 0 ? samples : [Recording.Join(samples, settings.ClipSeconds)];
        await using var engine = new EngineUnderTest(settings.Candidate, settings.Model);
        // Loads the model and lets the runtime compile what it runs often; a daemon does that once.
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WarmUp;)
            await DriveAsync(engine, recordings, new(1, 1), cancellationToken);
        foreach (var load in settings.Loads)
        {
            // Fills the pools.
            await DriveAsync(engine, recordings, load with { Jobs = Math.Max(1, load.Jobs / 8) }, cancellationToken);
            GC.Collect();
            ProcessMemory.ResetPeak();
            Console.WriteLine(JsonSerializer.Serialize(await DriveAsync(engine, recordings, load, cancellationToken)));
        }

        return 0;
    }

    private static async Task<Figure> DriveAsync(EngineUnderTest engine, IReadOnlyList<Recording> recordings, Load load, CancellationToken cancellationToken)
    {
        var texts = new ConcurrentDictionary<string, string>();
        var next = -1;
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, load.AtOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < load.Jobs; i = Interlocked.Increment(ref next))
                texts[recordings[i % recordings.Count].Name] = await engine.RecognizeAsync(recordings[i % recordings.Count], cancellationToken);
        }, cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var sound = Enumerable.Range(0, load.Jobs).Sum(i => recordings[i % recordings.Count].Duration.TotalSeconds);
        var used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        return new(load.AtOnce, load.Jobs / seconds, seconds / sound, used / load.Jobs, ProcessMemory.PeakMegabytes, texts);
    }
}
