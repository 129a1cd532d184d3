using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.Hosting;

/// <summary>The real worker as a Type=notify service with a watchdog. Its broker is away, which is no reason to be silent.</summary>
public sealed class SystemdNotificationTests
{
    [Fact]
    public async Task Worker_AsAService_SaysReadyThenGivesSignsOfLifeThenSaysStopping()
    {
        using var systemd = new NotifySocket();
        using var folder = new TemporaryFolder();
        await using (Start(folder, systemd.Path))
        {
            await systemd.ReceiveAsync("READY=1");
            Assert.Equal("STATUS=0 jobs in flight.", (await systemd.ReceiveAsync("STATUS=")).TrimEnd());
            await systemd.ReceiveAsync("WATCHDOG=1");
            await systemd.ReceiveAsync("WATCHDOG=1");
        }

        await systemd.ReceiveAsync("STOPPING=1");
    }

    private static TiedProcess Start(TemporaryFolder folder, string socket) => TiedProcess.Start(
        folder["output.txt"], "env", $"NOTIFY_SOCKET={socket}", "WATCHDOG_USEC=1000000", Path.Combine(AppContext.BaseDirectory, "voiceworker"), "run",
        $"--Http:Url=http://127.0.0.1:{FreePort.Next()}", $"--RabbitMq:Port={FreePort.Next()}", "--Stt:Engine=onnx");
}
