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
        services.AddOptions<RabbitMqOptions>().Configure(configuration.GetSection(Section).BindChecked).ValidateOnStart();
        services.AddSingleton(new OptionsSection(Section, typeof(RabbitMqOptions)));
        services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>();
        services.AddSingleton<IValidateOptions<RabbitMqOptions>, RabbitMqRules>();
        services.AddOptions<FinishedJobsOptions>().Configure(configuration.GetSection(FinishedJobsSection).BindChecked).ValidateOnStart();
        services.AddSingleton(new OptionsSection(FinishedJobsSection, typeof(FinishedJobsOptions)));
        services.AddSingleton<IValidateOptions<FinishedJobsOptions>, FinishedJobsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMetricFactory>(Metrics.DefaultFactory);
        services.AddSingleton<RabbitMqMetrics>();
        services.AddSingleton<BrokerConnector>();
        services.AddSingleton<BrokerProblems>().AddSingleton<BrokerRights>().AddSingleton<BrokerSetup>();
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
}
