using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;
using VoiceWorker.Host.Cli;
using VoiceWorker.UnitTests.Pipeline;

namespace VoiceWorker.UnitTests.Cli;

/// <summary>The whole command line over the real pipeline with fake engines.</summary>
internal sealed class TestCommandLine : IDisposable
{
    private readonly TestTerminal _terminal = new();

    public FakeEngines Engines { get; } = new();

    public string[]? RunArguments { get; private set; }

    public int Width { set => _terminal.Terminal.Out.Profile.Width = value; }

    public string Out => _terminal.Out;

    public string Error => _terminal.Error;

    /// <summary>A folder for this test's files.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("voiceworker-");

    public string AudioFile(string name)
    {
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllBytes(path, [1, 2, 3]);
        return path;
    }

    public string TextFile(string name, string content)
    {
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    public Task<int> InvokeAsync(params string[] args) => InvokeAsync(TestContext.Current.CancellationToken, args);

    public Task<int> InvokeAsync(CancellationToken user, params string[] args) => CommandLine.InvokeAsync(args, new CommandContext(Run, CreateBuilder, _terminal.Terminal), user);

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        _terminal.Dispose();
    }

    private Task<int> Run(string[] configuration, CancellationToken cancellationToken)
    {
        RunArguments = configuration;
        return Task.FromResult(7);
    }

    private HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddCommandLine(args);
        builder.Services.AddOptions<PipelineOptions>().Bind(builder.Configuration.GetSection("Pipeline")).ValidateOnStart();
        builder.Services
            .AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsValidator>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()))
            .AddSingleton<IAudioDecoder>(Engines)
            .AddSingleton<ISpeechRecognizer>(Engines)
            .AddSingleton<ITranslator>(Engines)
            .AddSingleton<ISpeechSynthesizer>(Engines)
            .AddSingleton<IAudioEncoder>(Engines)
            .AddSingleton<PipelineMetrics>()
            .AddSingleton<Heartbeat>()
            .AddSingleton<VoicePipeline>()
            .AddSingleton<IJobSink>(p => p.GetRequiredService<VoicePipeline>());
        return builder;
    }
}
