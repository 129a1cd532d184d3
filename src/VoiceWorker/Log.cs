namespace VoiceWorker.Host;

internal static partial class Log
{
    [LoggerMessage(111, LogLevel.Error, "The service manager gets no sign of life: {Status}")]
    public static partial void WatchdogSilent(ILogger logger, string status);

    [LoggerMessage(142, LogLevel.Error, "The service manager could not be told that the worker lives; it is told again")]
    public static partial void WatchdogFailed(ILogger logger, Exception exception);

    [LoggerMessage(143, LogLevel.Warning, "{Setting}")]
    public static partial void OldSetting(ILogger logger, string setting);

    [LoggerMessage(144, LogLevel.Warning, "The process may have only {Limit} files open; with everything at work it may need {Most}. Raise the limit: ulimit -n, LimitNOFILE= of systemd")]
    public static partial void FewOpenFiles(ILogger logger, long limit, int most);

    [LoggerMessage(140, LogLevel.Information, "The configuration was read again; the speech models follow it")]
    public static partial void ConfigurationRead(ILogger logger);

    [LoggerMessage(141, LogLevel.Error, "The configuration was read again and is not right; the speech models stay as they were: {Reason}")]
    public static partial void ConfigurationRefused(ILogger logger, string reason);
}
