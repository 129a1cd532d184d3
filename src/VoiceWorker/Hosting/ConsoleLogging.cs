using Microsoft.Extensions.Logging.Console;

namespace VoiceWorker.Host.Hosting;

/// <summary>
/// Logs go to standard error, so that standard output belongs to the commands: one line each, with the journal's
/// priorities under systemd, or JSON with <c>Logging:Json=true</c>. What belongs to a traced job has its trace's id.
/// </summary>
internal static class ConsoleLogging
{
    public static ILoggingBuilder AddWorkerConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (configuration.GetValue<bool>("Logging:Json"))
            return logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat, options.IncludeScopes) = (true, "O", true));
        // systemd sets this for a service whose output goes to the journal (systemd.exec(5)), which has the time already.
        return Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null
            ? logging.AddSystemdConsole()
            : logging.AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
    }
}
