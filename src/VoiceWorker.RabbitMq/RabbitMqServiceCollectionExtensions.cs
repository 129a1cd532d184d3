using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Core.Configuration;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.RabbitMq.Publishing;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq;

/// <summary>Registers the transport.</summary>
internal static class RabbitMqServiceCollectionExtensions
{
    public const string Section = "RabbitMq";
    public const string FinishedJobsSection = "FinishedJobs";

    /// <summary>
    /// Adds what consumes jobs and sends replies. Hosted services stop in the reverse order of their registration: the
    /// consumer drains the pipeline before the publisher, which the pipeline needs for its replies, goes away.
    /// </summary>
    public static IServiceCollection AddRabbitMq(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBroker(configuration);
        services.AddValidatedOptions<FinishedJobsOptions, FinishedJobsOptionsValidator>(configuration, FinishedJobsSection);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMetricFactory>(Metrics.DefaultFactory);
        services.AddSingleton<RabbitMqMetrics>();
        services.AddSingleton<ReconnectLoop>();
        services.AddSingleton<ConfirmedPublisher>();
        services.AddSingleton<DelayedReplies>();
        services.AddSingleton<ReplyPublisher>();
        services.AddSingleton<ConsumerWatch>();
        services.AddSingleton<RabbitMqIntake>();
        services.AddSingleton<RabbitMqConsumer>();
        services.AddSingleton<QueueObserver>().AddSingleton<ControlListener>().AddSingleton<ReplyQueues>();
        services.AddSingleton<FinishedJobs>().AddSingleton<SharedFinishedJobs>();
        services.AddHostedService<SideConnection>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfirmedPublisher>());
        services.AddHostedService(provider => provider.GetRequiredService<RabbitMqConsumer>());
        return services;
    }

    /// <summary>Adds how to reach the broker, and nothing that consumes or publishes.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidatedOptions<RabbitMqOptions, RabbitMqOptionsValidator>(configuration, Section)
        .AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqRules>()
        .AddSingleton<BrokerConnector>()
        .AddSingleton<BrokerProblems>()
        .AddSingleton<BrokerRights>()
        .AddSingleton<BrokerSetup>();
}
