using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Host.Health;
using VoiceWorker.Host.Systemd;

namespace VoiceWorker.UnitTests.Systemd;

public sealed class SystemdWatchdogTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeNotifier _systemd = new();
    private readonly ServiceProvider _services;
    private readonly SystemdWatchdog _watchdog;
    private HealthCheckResult _live = HealthCheckResult.Healthy("3 jobs in flight.");

    public SystemdWatchdogTests()
    {
        _services = new ServiceCollection().AddLogging().AddHealthChecks()
            .AddCheck("pipeline", () => _live, [HealthTags.Live])
            .AddCheck("consumer", () => HealthCheckResult.Unhealthy("no broker"), [HealthTags.Ready])
            .Services.AddSingleton<ISystemdNotifier>(_systemd).AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        _watchdog = ActivatorUtilities.CreateInstance<SystemdWatchdog>(_services, Options.Create(new WatchdogRequest { Interval = Interval }));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _watchdog.StopAsync(TestContext.Current.CancellationToken);
        _watchdog.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Watchdog_WhileThePipelineMoves_GivesASignOfLifeEachTime()
    {
        await _watchdog.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["STATUS=3 jobs in flight.", "WATCHDOG=1"], await _systemd.TakeAsync(2));

        _time.Advance(Interval);

        Assert.Equal(["STATUS=3 jobs in flight.", "WATCHDOG=1"], await _systemd.TakeAsync(2));
    }

    [Fact]
    public async Task Watchdog_WhenThePipelineIsStuck_SaysWhyAndGivesNoSignOfLife()
    {
        _live = HealthCheckResult.Unhealthy("stuck");
        await _watchdog.StartAsync(TestContext.Current.CancellationToken);
        var first = await _systemd.TakeAsync(1);

        _time.Advance(Interval);

        Assert.Equal(["STATUS=stuck", "STATUS=stuck"], [.. first, .. await _systemd.TakeAsync(1)]);
    }

    [Fact]
    public async Task Watchdog_SocketOfSystemdGoneForAMoment_GoesOn()
    {
        _systemd.Failures = 1;
        await _watchdog.StartAsync(TestContext.Current.CancellationToken);
        while (_systemd.Failures > 0)
            await Task.Yield();

        _time.Advance(Interval);

        Assert.Equal(["STATUS=3 jobs in flight.", "WATCHDOG=1"], await _systemd.TakeAsync(2));
    }

    private sealed class FakeNotifier : ISystemdNotifier
    {
        private readonly Channel<string> _states = Channel.CreateUnbounded<string>();
        private int _failures;

        public bool IsEnabled => true;

        public int Failures { get => Volatile.Read(ref _failures); set => Volatile.Write(ref _failures, value); }

        public void Notify(ServiceState state)
        {
            if (Failures > 0)
            {
                Failures--;
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            _states.Writer.TryWrite(state.ToString());
        }

        public async Task<string[]> TakeAsync(int count)
        {
            var states = new string[count];
            for (var i = 0; i < count; i++)
                states[i] = await _states.Reader.ReadAsync(TestContext.Current.CancellationToken);
            return states;
        }
    }
}
