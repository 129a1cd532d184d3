using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Hosting;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.LoadTests.Engines;

/// <summary>The worker's own composition, with its real engines or with free ones put in their place.</summary>
internal static class EngineHost
{
    /// <summary>Builds it; nothing is started yet.</summary>
    /// <param name="settings">Broker, queue and which engines.</param>
    /// <param name="consumes">Whether the worker's transport takes jobs; without it, there are only engines.</param>
    public static IHost Build(ContestantSettings settings, bool consumes)
    {
        string[] arguments =
        [
            "--Logging:LogLevel:Default=Warning", "--Stt:Engine=onnx", "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={settings.Port}", $"--RabbitMq:Queue={settings.Queue}",
            $"--RabbitMq:DeadLetterQueue={settings.Queue}.dead", .. settings.Prefetch is { } prefetch ? [$"--RabbitMq:Prefetch={prefetch}"] : Array.Empty<string>(), .. settings.Worker,
        ];
        var builder = WorkerHost.CreateEmbeddedBuilder(arguments);
        if (settings.FreeReplyBytes is { } bytes)
            UseFreeEngines(builder.Services, new FreeEngines(bytes));
        if (consumes)
            builder.Services.AddRabbitMq(builder.Configuration);
        return builder.Build();
    }

    private static void UseFreeEngines(IServiceCollection services, FreeEngines engines)
    {
        // The hosted services so far are those of the real engines.
        foreach (var service in services.Where(s => s.ServiceType == typeof(IHostedService)).ToList())
            services.Remove(service);
        services
            .AddSingleton<IAudioDecoder>(engines).AddSingleton<ISpeechRecognizer>(engines).AddSingleton<ITranslator>(engines)
            .AddSingleton<ISpeechSynthesizer>(engines).AddSingleton<IAudioEncoder>(engines);
    }
}
