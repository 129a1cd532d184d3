using System.Text;
using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Hosting;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.ChaosTests.Security;

/// <summary>
/// Secrets that can be recognised are put wherever a secret may be configured, jobs go well and wrong, and then everything
/// that leaves the worker is searched for them: its log down to the last detail, its pages, its messages, its traces and
/// what its children were given.
/// </summary>
public sealed class SecretsTests(BrokerFixture broker)
{
    // All of them hold this, and nothing else does.
    private const string Mark = "hush";
    private const string User = "voice";
    private const string Password = "hushpassword";

    [Fact]
    public async Task RemoteEngines_KeysAndUriWithPassword_ShowNowhere()
    {
        await using var engines = await EngineServer.StartAsync();
        await SearchAsync(
            engines.Settings(),
            engines,
            _ => [
                $"VOICEWORKER__RabbitMq__Uri=amqp://{User}:{Password}@127.0.0.1:{{0}}/",
                "VOICEWORKER__Stt__OpenAi__ApiKey=hushrecognition", "VOICEWORKER__Translation__LibreTranslate__ApiKey=hushtranslation", "VOICEWORKER__Tts__OpenAi__ApiKey=hushspeech",
            ]);
    }

    [Fact]
    public async Task RemoteEngines_KeysInFiles_ShowNowhere()
    {
        await using var engines = await EngineServer.StartAsync();
        await SearchAsync(
            engines.Settings(),
            engines,
            folder => [
                "VOICEWORKER__RabbitMq__Host=127.0.0.1", "VOICEWORKER__RabbitMq__Port={0}", $"VOICEWORKER__RabbitMq__User={User}", $"VOICEWORKER__RabbitMq__Password={Password}",
                $"VOICEWORKER__Stt__OpenAi__ApiKeyFile={Write(folder, "stt", "hushrecognition")}", $"VOICEWORKER__Translation__LibreTranslate__ApiKeyFile={Write(folder, "translation", "hushtranslation")}",
                $"VOICEWORKER__Tts__OpenAi__ApiKeyFile={Write(folder, "tts", "hushspeech")}",
            ]);
    }

    [Fact]
    public async Task LocalEngines_CredentialsDirectory_ShowsNowhere() => await SearchAsync(
        ["--Stt:Engine=onnx", $"--Stt:ModelPath={RepositoryFiles.PathOf("models/ggml-demo-en-es.bin")}", "--Translation:Engine=apertium", "--Tts:Engine=espeak-ng"],
        null,
        folder => [
            $"CREDENTIALS_DIRECTORY={folder.FullName}", $"VOICEWORKER__RabbitMq__PasswordFile={Write(folder, "rabbitmq-password", Password)}",
            "VOICEWORKER__RabbitMq__Host=127.0.0.1", "VOICEWORKER__RabbitMq__Port={0}", $"VOICEWORKER__RabbitMq__User={User}",
        ]);

    private async Task SearchAsync(IEnumerable<string> engineSettings, EngineServer? engines, Func<TemporaryFolder, string[]> environment)
    {
        var node = await UserAsync(await broker.NodeAsync());
        using var folder = new TemporaryFolder();
        using var collector = new CollectorStub();
        await using var proxy = new TcpProxy(node.Port);
        var queues = new TestQueues(node);
        var variables = environment(folder).Select(variable => variable.Replace("{0}", $"{proxy.Port}", StringComparison.Ordinal))
            .Append("VOICEWORKER__Tracing__Headers=authorization=hushtracing").Append("AWS_SECRET_ACCESS_KEY=hushforeign");
        await using var worker = new WorkerProcess([.. variables],
        [
            $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}", $"--RabbitMq:ResultsExchange={queues.Results}", "--RabbitMq:ReconnectDelay=00:00:00.050",
            "--RabbitMq:RetryDelays:0=00:00:00.200", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:System.Net.Http.HttpClient=Trace",
            "--Logging:LogLevel:Polly=Trace", $"--Tracing:Endpoint={collector.Address}v1/traces", "--Tracing:Protocol=HttpProtobuf",
            $"--Audio:FfmpegPath={HeldFfmpeg(folder)}", .. engineSettings,
        ]);
        worker.Start();
        await worker.ReadyAsync();
        await using var producer = await ChaosProducer.StartAsync(node, queues);

        var children = await WorkAsync(worker, producer, folder, engines);
        proxy.ResetAll();
        await Wait.UntilAsync(() => worker.Output.Contains("No connection to", StringComparison.Ordinal), "the loss is in the log");
        await worker.ReadyAsync();
        await Wait.UntilAsync(() => collector.Received.Contains("voiceworker", StringComparison.OrdinalIgnoreCase), "traces arrive");

        Assert.NotEmpty(children);
        AssertSilent("a child's environment or arguments", string.Join('\n', children));
        AssertSilent("/metrics", await worker.GetAsync("metrics"));
        AssertSilent("/debug/config", await worker.GetAsync("debug/config"));
        Assert.Contains("\"***\"", await worker.GetAsync("debug/config"), StringComparison.Ordinal);
        AssertSilent("a reply", string.Join('\n', producer.Bodies));
        AssertSilent("the traces", collector.Received);
        AssertSilent("the dead letters", string.Join('\n', (await queues.DrainAsync(queues.Dead)).SelectMany(dead => dead.BasicProperties.Headers!.Values.OfType<byte[]>()).Select(Encoding.UTF8.GetString)));
        Assert.Equal(0, await worker.StopAsync());
        Assert.Contains("dbug:", worker.Output, StringComparison.Ordinal);
        AssertSilent("the log", worker.Output);
    }

    // One job that goes well, with a child of the worker's caught in the act; one that is malformed; and one that an engine refuses.
    private static async Task<List<string>> WorkAsync(WorkerProcess worker, ChaosProducer producer, TemporaryFolder folder, EngineServer? engines)
    {
        await producer.SendSpeechAsync("spoken", await File.ReadAllBytesAsync(RepositoryFiles.ForFfmpeg), "audio/mpeg");
        await Wait.UntilAsync(() => ProcessTree.ChildrenOf(worker.Id).Exists(id => ProcessTree.Read(id, "cmdline").Contains("-vn", StringComparison.Ordinal)), "ffmpeg decodes");
        var children = ProcessTree.ChildrenOf(worker.Id).SelectMany(id => (string[])[ProcessTree.Read(id, "environ"), ProcessTree.Read(id, "cmdline")]).ToList();
        File.Delete(folder["hold"]);
        await producer.SendAsync("malformed", "no json"u8.ToArray(), "application/json");
        engines?.Before = (call, _) => call.Text == "text refused" ? throw new InvalidOperationException("on purpose") : Task.CompletedTask;
        await producer.SendTextAsync("refused", properties => properties.ReplyTo = engines is null ? "nowhere" : properties.ReplyTo);
        await Wait.UntilAsync(() => producer.Jobs["spoken"].Replies > 0 && producer.Jobs["malformed"].Replies > 0, "the jobs are answered");
        if (engines is not null)
            await Wait.UntilAsync(() => producer.Jobs["refused"].Errors > 0, "the failure is answered");
        return children;
    }

    private static void AssertSilent(string where, string text)
    {
        var at = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        Assert.True(at < 0, at < 0 ? "" : $"A secret shows in {where}: …{text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 60)]}…");
    }

    private static async Task<RabbitMqNode> UserAsync(RabbitMqNode node)
    {
        if (await node.EvaluateAsync($"""rabbit_auth_backend_internal:exists(<<"{User}">>)""") == "false")
            await node.AddUserAsync(User, Password);
        return node;
    }

    private static string Write(TemporaryFolder folder, string name, string secret)
    {
        File.WriteAllText(folder[name], secret + "\n");
        return folder[name];
    }

    private static string HeldFfmpeg(TemporaryFolder folder)
    {
        File.WriteAllText(folder["hold"], "");
        File.WriteAllText(folder["ffmpeg"], $"#!/bin/bash\ncase \" $* \" in *\" -vn \"*) while [[ -e {folder["hold"]} ]]; do sleep 0.1; done;; esac\nexec ffmpeg \"$@\"\n");
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder["ffmpeg"];
    }
}
