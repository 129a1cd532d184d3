using Microsoft.Extensions.Hosting;
using VoiceWorker.LoadTests.Engines;
using VoiceWorker.LoadTests.Load;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>The engines and codecs at work on the same jobs for ever, so many jobs at a time, without broker, pipeline or messages: the limit of any worker.</summary>
internal sealed class EnginesOnlyContestant(ContestantSettings settings) : IContestant
{
    private readonly IHost _host = EngineHost.Build(settings, consumes: false);
    private readonly CancellationTokenSource _stop = new();
    private FiveSteps? _steps;
    private Task _loops = Task.CompletedTask;
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        _steps = new FiveSteps(_host.Services, pool: null);
        var mix = JobMix.Load(settings.Queue);
        _loops = Task.WhenAll(Enumerable.Range(0, settings.Prefetch!.Value).Select(first => Task.Run(() => LoopAsync(mix, first), cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _steps!.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task LoopAsync(JobMix mix, int first)
    {
        for (var i = first; !_stop.IsCancellationRequested; i++)
        {
            await _steps!.AnswerAsync(mix.Read(i), _stop.Token);
            Interlocked.Increment(ref _done);
        }
    }
}
