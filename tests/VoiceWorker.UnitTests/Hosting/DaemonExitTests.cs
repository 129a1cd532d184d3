using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.UnitTests.Hosting;

public sealed class DaemonExitTests
{
    [Fact]
    public async Task RunAsync_BackgroundServiceFails_EndsWithAnError() =>
        Assert.Equal(1, await DaemonCommand.RunAsync(With<Failing>(), TestContext.Current.CancellationToken));

    [Fact]
    public async Task RunAsync_ToldToStop_EndsWell() =>
        Assert.Equal(0, await DaemonCommand.RunAsync(With<Stopping>(), TestContext.Current.CancellationToken));

    private static IHost With<T>()
        where T : class, IHostedService
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHostedService<T>();
        return builder.Build();
    }

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("a bug");
        }
    }

    private sealed class Stopping(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            lifetime.StopApplication();
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}
