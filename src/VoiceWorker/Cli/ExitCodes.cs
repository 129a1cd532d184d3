namespace VoiceWorker.Host.Cli;

/// <summary>What the commands end with.</summary>
internal static class ExitCodes
{
    /// <summary>Everything went well.</summary>
    public const int Done = 0;

    /// <summary>Something failed; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The user gave up: 128 and SIGINT's number, as shells have it.</summary>
    public const int Cancelled = 130;
}
