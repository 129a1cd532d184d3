using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Engines;

namespace VoiceWorker.Benchmarks;

/// <summary>A job through the whole pipeline with engines that cost nothing and a delivery that costs nothing: time and memory a job.</summary>
[MemoryDiagnoser]
public class PipelinePassage
{
    private const int Jobs = 10_000;

    private readonly VoiceJob[] _spoken = Make(new AudioInput(new byte[1000]));
    private readonly VoiceJob[] _written = Make(new TextInput("good day"));
    private IHost? _host;
    private IJobSink? _pipeline;

    [GlobalSetup]
    public void SetUp()
    {
        _host = EngineHost.Build(new(ContestantKind.Worker, 0, "none", 1000, null), consumes: false);
        _pipeline = _host.Services.GetRequiredService<IJobSink>();
    }

    [GlobalCleanup]
    public void CleanUp() => _host!.Dispose();

    [Benchmark(OperationsPerInvoke = Jobs)]
    public Task Spoken() => PassAsync(_spoken);

    [Benchmark(OperationsPerInvoke = Jobs)]
    public Task Written() => PassAsync(_written);

    private static VoiceJob[] Make(JobInput input) =>
        [.. Enumerable.Range(0, Jobs).Select(i => new VoiceJob { MessageId = $"{i}", Input = input, SourceLanguage = "en", TargetLanguage = "es" })];

    private async Task PassAsync(VoiceJob[] jobs)
    {
        var all = new Countdown(Jobs);
        foreach (var job in jobs)
            await _pipeline!.SendAsync(job, new FreeDelivery(all));
        await all.Done;
    }

    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Done => _done.Task;

        public void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _done.SetResult();
        }
    }

    private sealed class FreeDelivery(Countdown all) : IDelivery
    {
        public bool HasRetriesLeft => true;

        public ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void AbandonMemory()
        {
        }

        public void Dispose() => all.Count();
    }
}
