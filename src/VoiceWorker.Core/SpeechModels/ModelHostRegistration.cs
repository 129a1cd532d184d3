using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.SpeechModels;

/// <summary>Registers <see cref="ModelHost"/>.</summary>
public static class ModelHostRegistration
{
    /// <summary>Puts the host in front of the registered <see cref="ISpeechModelLoader"/>. Needs logging.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The root, from which section <c>Stt:Models</c> is read.</param>
    public static IServiceCollection AddModelHost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SpeechModelOptions>().Bind(configuration.GetSection(SpeechModelOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpeechModelOptions>, SpeechModelOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<ModelTable>()
            .AddSingleton<ModelHost>()
            .AddSingleton<ISpeechRecognizer>(provider => provider.GetRequiredService<ModelHost>());
    }
}
