using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

/// <summary>The real registrations, with a fake server behind the engines' HTTP clients.</summary>
internal static class TestServices
{
    public static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();

    public static ServiceCollection Base(TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IMetricFactory>(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));
        services.AddSingleton(time ?? TimeProvider.System);
        return services;
    }

    /// <summary>The pipeline's translator with an engine behind <paramref name="server"/>.</summary>
    public static ServiceProvider Translation(FakeServer server, string client, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var services = Base(time);
        services.AddTranslation(Settings(settings));
        return services.Behind(server, client).BuildServiceProvider();
    }

    public static IServiceCollection Behind(this IServiceCollection services, FakeServer server, string client)
    {
        services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => server);
        return services;
    }

    public static ITranslator Translator(this IServiceProvider provider) => provider.GetRequiredService<ITranslator>();
}
