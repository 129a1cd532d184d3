using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>The worker's translator with an Apertium server of its own.</summary>
internal sealed partial class ApertiumFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ApertiumFixture(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        services.AddTranslation(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Translation:{s.Key}", (string?)s.Value))).Build());
        _services = services.BuildServiceProvider();
    }

    public CollectedLog Log { get; } = new();

    public ITranslator Translator => _services.GetRequiredService<ITranslator>();

    /// <summary>The server's processes so far, in order of their lives.</summary>
    public IReadOnlyList<int> ProcessIds => [.. Log.Messages
        .Select(message => ReadyMessage().Match(message))
        .Where(match => match.Success)
        .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>Translates as the pipeline does: a transient fault or an engine that is down is worth another try.</summary>
    public async Task<string> TranslateAsync(string text, string source, string target, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await Translator.TranslateAsync(text, source, target, cancellationToken)).Text;
            }
            catch (EngineException e) when (e.Kind is FailureKind.Transient or FailureKind.EngineDown)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The log message of a server that is ready; its first group is the process.</summary>
    [GeneratedRegex("apertium-apy is ready .*process ([0-9]+)")]
    public static partial Regex ReadyMessage();
}
