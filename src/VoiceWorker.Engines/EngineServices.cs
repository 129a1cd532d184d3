using Microsoft.Extensions.DependencyInjection;

namespace VoiceWorker.Engines;

/// <summary>Registers engines.</summary>
internal static class EngineServices
{
    /// <summary>Makes an engine its port's only one, and reachable by its name for a chain of several.</summary>
    public static IServiceCollection AddEngine<TPort, TEngine>(this IServiceCollection services, string name)
        where TPort : class
        where TEngine : class, TPort => services
        .AddKeyedSingleton<TPort, TEngine>(name)
        .AddSingleton(provider => provider.GetRequiredKeyedService<TPort>(name));
}
