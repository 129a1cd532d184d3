using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Core.Configuration;

/// <summary>Registers options that are checked at start.</summary>
public static class OptionsServiceCollectionExtensions
{
    /// <summary>Binds a section and validates it when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The root.</param>
    /// <param name="section">The section's path, such as <c>Tts:EspeakNg</c>.</param>
    public static IServiceCollection AddValidatedOptions<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Configure(configuration.GetSection(section).BindChecked).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return services.AddSingleton(new OptionsSection(section, typeof(TOptions)));
    }
}
