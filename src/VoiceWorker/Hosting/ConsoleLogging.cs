using Microsoft.Extensions.Logging.Console;

namespace VoiceWorker.Host.Hosting;

/// <summary>Logs go to standard error, so that standard output belongs to the commands: one line each, or JSON with <c>Logging:Json=true</c>.</summary>
internal static class ConsoleLogging
{
    public static ILoggingBuilder AddWorkerConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return configuration.GetValue<bool>("Logging:Json")
            ? logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat, options.IncludeScopes) = (true, "O", true))
            : logging.AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
    }
}
