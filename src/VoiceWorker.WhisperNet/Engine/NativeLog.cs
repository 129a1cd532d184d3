using Microsoft.Extensions.Logging;
using Whisper.net.Logger;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>Passes whisper.cpp's log on, line by line.</summary>
internal static class NativeLog
{
    /// <summary>Listens until disposed. The native log is one for the process.</summary>
    public static IDisposable Listen(ILogger logger) => LogProvider.AddLogger((level, message) => Pass(logger, level, message));

    private static void Pass(ILogger logger, WhisperLogLevel level, string? message)
    {
        var line = message?.Trim();
        if (string.IsNullOrEmpty(line))
            return;
        try
        {
            if (level == WhisperLogLevel.Error)
                Log.NativeError(logger, line);
            else if (level == WhisperLogLevel.Warning)
                Log.NativeWarning(logger, line);
            else
                Log.NativeInfo(logger, line);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Called from native code: an exception that left this method would end the process. A lost line does not matter.
        }
    }
}
