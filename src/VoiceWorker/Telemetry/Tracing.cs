using Microsoft.Extensions.Options;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Host.Telemetry;

/// <summary>Sends the worker's spans to a collector, if one is configured.</summary>
internal static class Tracing
{
    // .NET's own spans of requests to engines over HTTP.
    private const string HttpRequests = "System.Net.Http";

    public static IServiceCollection AddTracing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<TracingOptions, TracingOptionsValidator>(configuration, TracingOptions.Section);
        // Whether the others are right is the validator's business, who reports them together with every other mistake.
        if (!Uri.TryCreate(configuration[$"{TracingOptions.Section}:{nameof(TracingOptions.Endpoint)}"], UriKind.Absolute, out var endpoint))
            return services;
        var options = new TracingOptions();
        try
        {
            configuration.GetSection(TracingOptions.Section).BindChecked(options);
        }
        catch (OptionsValidationException)
        {
            return services;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("voiceworker", serviceVersion: RuntimeMetrics.Version))
            .WithTracing(tracing => tracing
                .AddSource(VoiceWorkerTracing.SourceName, HttpRequests)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
                .AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol, otlp.Headers) = (endpoint, options.Protocol, options.Headers)));
        return services;
    }
}
