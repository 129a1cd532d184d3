using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Cli;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>What <c>doctor</c> says of the broker, without the engines, which take their time.</summary>
internal static class BrokerDoctor
{
    public static async Task<EngineStatus> CheckAsync(params string[] settings)
    {
        var builder = WorkerHost.CreateEmbeddedBuilder(settings);
        CommandHost.AddBroker(builder);
        using var host = builder.Build();
        return await host.Services.GetRequiredService<BrokerCheck>().CheckAsync(TestContext.Current.CancellationToken);
    }
}
