using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Registers the check of the settings' names.</summary>
internal static class SettingsServiceCollectionExtensions
{
    /// <summary>Refuses a start with settings that do not exist.</summary>
    public static IServiceCollection AddSettingsCheck(this IServiceCollection services)
    {
        services.AddOptions<WholeConfiguration>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WholeConfiguration>, SettingsValidator>());
        return services;
    }
}
