using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Prometheus;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>Registers the transport.</summary>
internal static class RabbitMqServices
{
    public const string Section = "RabbitMq";

    /// <summary>
    /// Adds what consumes jobs and sends replies. Hosted services stop in the reverse order of their registration: the
    /// consumer drains the mesh before the publisher, which the mesh needs for its replies, goes away.
    /// </summary>
    public static IServiceCollection AddRabbitMq(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RabbitMqOptions>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>();
        services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMetricFactory>(Metrics.DefaultFactory);
        services.AddSingleton<RabbitMqMetrics>();
        services.AddSingleton<BrokerConnector>();
        services.AddSingleton<ReconnectLoop>();
        services.AddSingleton<ConfirmedPublisher>();
        services.AddSingleton<PostOffice>();
        services.AddSingleton<RabbitMqIntake>();
        services.AddSingleton<RabbitMqConsumer>();
        services.AddHostedService<QueueObserver>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfirmedPublisher>());
        services.AddHostedService(provider => provider.GetRequiredService<RabbitMqConsumer>());
        return services;
    }
}
