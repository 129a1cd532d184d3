namespace VoiceWorker.WhisperNet;

/// <summary>What the host can know of the engine whether or not it is in the build.</summary>
public static class WhisperNetEngine
{
    /// <summary>The engine's name, as in <c>Stt:Engine</c>, logs and metrics.</summary>
    public const string Name = "whisper.net";

#if WHISPER_NET
    /// <summary>Whether the engine is in this build.</summary>
    public static bool IsAvailable => true;
#else
    /// <summary>Whether the engine is in this build.</summary>
    public static bool IsAvailable => false;
#endif

    /// <summary>Why the engine is not in this build; null when it is.</summary>
    public static string? WhyUnavailable => IsAvailable
        ? null
        : "the whisper.net engine is not in this build, because the package feed had no Whisper.net when it was built";
}
