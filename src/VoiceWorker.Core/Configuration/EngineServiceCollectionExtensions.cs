using Microsoft.Extensions.DependencyInjection;

namespace VoiceWorker.Core.Configuration;

/// <summary>Registers engines.</summary>
public static class EngineServiceCollectionExtensions
{
    /// <summary>Makes an engine its port's only one, and reachable by its name for a chain of several.</summary>
    public static IServiceCollection AddEngine<TPort, TEngine>(this IServiceCollection services, string name)
        where TPort : class
        where TEngine : class, TPort => services
        .AddKeyedSingleton<TPort, TEngine>(name)
        .AddSingleton(provider => provider.GetRequiredKeyedService<TPort>(name));
}
