using System.Net.Sockets;
using System.Net;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.Hosting;

/// <summary>The real process with few files to open.</summary>
public sealed class OpenFilesTests
{
    [Fact]
    public async Task Http_MoreIdleConnectionsThanFiles_TheWorkerLivesAndAnswersAgain()
    {
        using var folder = new TemporaryFolder();
        await using var worker = await RunningWorker.StartAsync(
            await LimitedAsync(folder, 1024), "/health/live", "--Http:IdleTimeout=00:00:02", "--Translation:Apertium:BaseAddress=http://127.0.0.1:1/");
        var address = new IPEndPoint(IPAddress.Loopback, worker.Http.BaseAddress!.Port);
        List<Socket> idle = [];
        try
        {
            for (var i = 0; i < 1_100; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
            }

            // None of them is closed from here, and each question comes over a connection of its own.
            worker.Http.DefaultRequestHeaders.ConnectionClose = true;
            await worker.StatusAsync("/health/live");
            foreach (var path in new[] { "/health/live", "/metrics" })
                await Wait.UntilAsync(async () => await worker.StatusAsync(path) == HttpStatusCode.OK, $"{path} answers while they are open");
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Run_FewerFilesThanConnectionsMayTake_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        await using var process = TiedProcess.Start(
            folder["output.txt"], await LimitedAsync(folder, 450), "run", "--Stt:Engine=onnx", $"--Http:Url=http://127.0.0.1:{FreePort.Next()}");

        await Wait.UntilAsync(() => process.Output.Contains("The process may have only 450 files open, and needs at least 500 with Http:MaxConnections=100", StringComparison.Ordinal), "the start is refused");
    }

    // Soft and hard limit at once: .NET raises the soft one as far as it may.
    private static async Task<string> LimitedAsync(TemporaryFolder folder, int files)
    {
        var script = folder["voiceworker"];
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nulimit -n {files}\nexec '{RunningWorker.BuiltProgram}' \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }
}
