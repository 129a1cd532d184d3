using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>
/// Whatever becomes of a job: its message and its samples go back to their pool once, unless work on it was abandoned, which
/// may read them for ever.
/// </summary>
public sealed class MemoryOwnershipTests
{
    private const int Jobs = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SendAsync_JobsOfAnyFate_GiveTheirMemoryBackUnlessSomebodyMayStillReadIt(int seed)
    {
        var random = new Random(seed);
        var fates = Enumerable.Range(0, Jobs).Select(_ => Enum.GetValues<Stage>().ToDictionary(stage => stage, _ => Draw(random))).ToArray();
        var engines = new ReadingEngines((stage, job) => fates[job][stage]);
        var time = new FakeTimeProvider();
        using var pipeline = Pipeline(engines, time);
        var bodies = Enumerable.Range(0, Jobs).Select(Body).ToArray();
        var read = bodies.Select(body => body.Written).ToArray();
        var isAbandoned = new bool[Jobs];

        var settled = Enumerable.Range(0, Jobs).Select(async job =>
        {
            var delivery = new FakeDelivery { OnAbandon = () => { isAbandoned[job] = true; bodies[job].Abandon(); }, OnDispose = bodies[job].Dispose };
            Assert.True(await pipeline.SendAsync(new() { MessageId = $"{job}", Input = new AudioInput(read[job]), SourceLanguage = "en", TargetLanguage = "es" }, delivery));
            await delivery.SettledAsync();
        }).ToArray();
        for (var all = Task.WhenAll(settled); !all.IsCompleted; await Task.Delay(1, TestContext.Current.CancellationToken))
            time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(settled);

        for (var job = 0; job < Jobs; job++)
        {
            Assert.Equal(Reaches(fates[job], Fate.IgnoresItsCancellation), isAbandoned[job]);
            if (isAbandoned[job])
                Assert.Equal(job, ReadingEngines.Number(read[job]));
            else
                Assert.Throws<ObjectDisposedException>(() => ReadingEngines.Number(read[job]));
            // The samples go back once they are transcribed, whatever is abandoned later.
            if (!engines.Samples.TryGetValue(job, out var samples))
                continue;
            if (fates[job][Stage.Transcribe] == Fate.IgnoresItsCancellation)
                Assert.Equal(job, ReadingEngines.Number(samples));
            else
                Assert.Throws<ObjectDisposedException>(() => ReadingEngines.Number(samples));
        }
    }

    // Whether a stage that the job gets to has this fate for it.
    private static bool Reaches(Dictionary<Stage, Fate> fates, Fate fate)
    {
        foreach (var stage in (Stage[])[Stage.Decode, Stage.Transcribe, Stage.Translate, Stage.Synthesize, Stage.Encode])
        {
            if (fates[stage] == fate)
                return true;
            // Without speech there is nothing to encode.
            if (fates[stage] != Fate.Works)
                return false;
        }

        return false;
    }

    private static Fate Draw(Random random) => random.Next(8) switch { 0 => Fate.Throws, 1 => Fate.StopsWhenTold, 2 => Fate.IgnoresItsCancellation, _ => Fate.Works };

    private static PooledBuffer Body(int job)
    {
        var bytes = new byte[1000];
        Array.Fill(bytes, (byte)job);
        return PooledBuffer.CopyOf(bytes);
    }

    private static VoicePipeline Pipeline(ReadingEngines engines, TimeProvider time)
    {
        var options = new PipelineOptions();
        foreach (var stage in options.Stages.Select(s => s.Options).OfType<StageOptions>())
            stage.Retries = 0;
        options.Circuit.MinimumThroughput = 10_000;
        var metrics = new PipelineMetrics(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));
        return new(engines, engines, engines, engines, engines, Options.Create(options), metrics, new Heartbeat(time, metrics), time, NullLogger<VoicePipeline>.Instance);
    }
}
