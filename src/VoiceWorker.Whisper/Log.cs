using Microsoft.Extensions.Logging;

namespace VoiceWorker.Whisper;

/// <summary>Every log message about hosting models.</summary>
internal static partial class Log
{
    [LoggerMessage(40, LogLevel.Information, "Speech model {Name} is loaded: {Description}")]
    public static partial void ModelLoaded(ILogger logger, string name, string description);

    [LoggerMessage(41, LogLevel.Information, "Speech model {Name} is unloaded: {Path}")]
    public static partial void ModelUnloaded(ILogger logger, string name, string path);

    [LoggerMessage(42, LogLevel.Information, "Nobody has used speech model {Name} ({Path}) for {Idle}; the next job loads it again")]
    public static partial void ModelAsleep(ILogger logger, string name, string path, TimeSpan idle);

    [LoggerMessage(43, LogLevel.Error, "Speech model {Name} stays as it was: {Reason}")]
    public static partial void ModelRefused(ILogger logger, string name, string reason);

    [LoggerMessage(45, LogLevel.Error, "The speech models stay as they were: looking for changes failed")]
    public static partial void ModelsNotRefreshed(ILogger logger, Exception exception);

    [LoggerMessage(44, LogLevel.Error, "The speech models stay as they were: {Reason}")]
    public static partial void ModelsKept(ILogger logger, string reason);
}
