using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Commands;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>The trimmed worker does all that the whole one does, although it finds options, validators and services by reflection.</summary>
public sealed partial class PublishedWorkerTests(PublishedWorker published, BrokerFixture broker)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_OfThePublishedWorker_HasTheModelAndNothingThatIsNeverCalled()
    {
        var folder = await published.FolderAsync();

        Assert.True(File.Exists(Path.Combine(folder, "models/ggml-demo-en-es.bin")));
        Assert.True(File.Exists(Path.Combine(folder, "System.Private.CoreLib.dll")));
        Assert.False(File.Exists(Path.Combine(folder, "Microsoft.VisualBasic.Core.dll")));
    }

    [Fact]
    public async Task Folder_WithWhisperNet_HasItsLibrariesForThisPlatformAlone()
    {
        Assert.SkipUnless(WhisperNetEngine.IsAvailable, WhisperNetEngine.WhyUnavailable ?? "");
        var platform = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

        var runtimes = new DirectoryInfo(Path.Combine(await published.FolderAsync(), "runtimes"));

        Assert.Equal([platform], runtimes.EnumerateDirectories().Select(folder => folder.Name));
        Assert.True(File.Exists(Path.Combine(runtimes.FullName, platform, "libwhisper.so")));
    }

    [Fact]
    public async Task WhisperNet_InThePublishedWorker_WritesASampleDown()
    {
        Assert.SkipUnless(WhisperNetEngine.IsAvailable, WhisperNetEngine.WhyUnavailable ?? "");

        using var folder = new TemporaryFolder();
        var (file, heard, _, _, _) = SampleSentences.All[0];

        var run = await Tool.RunAsync(
            await published.ProgramAsync(), "process", RepositoryFiles.PathOf($"samples/{file}"), "--from", "en", "--to", "es", "--json", "--out", folder.FullName, "--Stt:Engine=whisper.net");

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Contains($"\"{heard}\"", run.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_ThroughABroker_AreAllHeardTranslatedAndSpoken()
    {
        using var folder = new TemporaryFolder();
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        string[] settings = [$"--RabbitMq:Uri=amqp://127.0.0.1:{node.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}", $"--RabbitMq:ResultsExchange={queues.Results}"];
        await using var worker = await RunningWorker.StartAsync(await published.ProgramAsync(), "/health/ready", settings);

        var run = await Tool.RunAsync(await published.ProgramAsync(), ["publish", "--jobs", SampleSentences.Jobs, "--json", "--out", folder.FullName, .. settings]);

        await SampleSentences.AssertAllAsync(new(run.ExitCode, run.StandardOutput, run.StandardError + worker.Output), folder.FullName);
    }

    [Fact]
    public async Task ConfigurationAndMetrics_InEffect_AreThoseOfTheWholeWorker()
    {
        string[] settings = ["--Pipeline:Decode:Timeout=00:00:07", "--RabbitMq:RetryDelays:0=00:00:03", "--Tts:EspeakNg:SenderVoices:alice=+f3", "--RabbitMq:Tls:Enabled=true", "--Http:StuckAfter=00:12:42"];
        await using var whole = await RunningWorker.StartAsync(RunningWorker.BuiltProgram, "/health/live", settings);
        await using var trimmed = await RunningWorker.StartAsync(await published.ProgramAsync(), "/health/live", settings);

        Assert.Equal(await ConfigurationAsync(whole), await ConfigurationAsync(trimmed));
        Assert.Equal(await MetricsAsync(whole), await MetricsAsync(trimmed));
    }

    [Fact]
    public async Task Mistakes_InTheConfiguration_AreReportedAsByTheWholeWorker()
    {
        string[] arguments = ["run", "--Pipeline:Decode:Parallelism=0", "--RabbitMq:Port=99999", "--Http:Url=foo", "--Pipeline:Encode:Timeout=soon", "--Audio:MaxDuration=02:00:00"];

        var whole = await Tool.RunAsync(RunningWorker.BuiltProgram, arguments);
        var trimmed = await Tool.RunAsync(await published.ProgramAsync(), arguments);

        Assert.Equal(1, whole.ExitCode);
        Assert.Equal((whole.ExitCode, whole.StandardOutput, whole.StandardError), (trimmed.ExitCode, trimmed.StandardOutput, trimmed.StandardError));
    }

    [Fact]
    public async Task Doctor_OfThePublishedWorker_FindsEveryEngine()
    {
        var run = await Tool.RunAsync(await published.ProgramAsync(), "doctor", "--Stt:Engine=onnx", "--RabbitMq:Uri=amqp://127.0.0.1:1");

        Assert.Equal(["decode", "transcribe", "translate", "synthesize", "encode"], Found().Matches(run.StandardOutput).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task Log_AsJson_IsJson()
    {
        await using var worker = await RunningWorker.StartAsync(await published.ProgramAsync(), "/health/live", "--Logging:Json=true");

        Assert.All(worker.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(JsonNode.Parse(line)!["Message"]));
    }

    private static async Task<string> ConfigurationAsync(RunningWorker worker) =>
        Port().Replace(await worker.Http.GetStringAsync(new Uri("/debug/config", UriKind.Relative), Token), "");

    private static async Task<IEnumerable<string>> MetricsAsync(RunningWorker worker) =>
        (await worker.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token)).Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    // Each worker has an address of its own.
    [GeneratedRegex(@"127\.0\.0\.1:\d{4,5}")]
    private static partial Regex Port();

    [GeneratedRegex(@"✓\s+(\w+)")]
    private static partial Regex Found();
}
