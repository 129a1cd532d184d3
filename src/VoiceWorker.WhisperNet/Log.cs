using Microsoft.Extensions.Logging;

namespace VoiceWorker.WhisperNet;

internal static partial class Log
{
    [LoggerMessage(2, LogLevel.Error, "whisper.cpp: {Line}")]
    public static partial void NativeError(ILogger logger, string line);

    [LoggerMessage(3, LogLevel.Warning, "whisper.cpp: {Line}")]
    public static partial void NativeWarning(ILogger logger, string line);

    [LoggerMessage(4, LogLevel.Trace, "whisper.cpp: {Line}")]
    public static partial void NativeInfo(ILogger logger, string line);
}
