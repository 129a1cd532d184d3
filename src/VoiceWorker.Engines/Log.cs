using Microsoft.Extensions.Logging;

namespace VoiceWorker.Engines;

/// <summary>Every log message of the engines. Texts of jobs are never among the values.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "apertium-apy is ready at {Address} with {Pairs} (process {ProcessId})")]
    public static partial void ApertiumReady(ILogger logger, Uri address, string pairs, int processId);

    [LoggerMessage(301, LogLevel.Warning, "apertium-apy: {Reason}; next try in {Delay}")]
    public static partial void ApertiumEnded(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(302, LogLevel.Warning, "Translation:Apertium:WarmUp names {Pair}, but apertium-apy has {Pairs}")]
    public static partial void ApertiumCannotWarmUp(ILogger logger, string pair, string pairs);

    [LoggerMessage(303, LogLevel.Debug, "apertium-apy: {Line}")]
    public static partial void ApertiumOutput(ILogger logger, string line);

    [LoggerMessage(305, LogLevel.Information, "The model of {Section} refuses a temperature of 0; none is sent any more")]
    public static partial void TemperatureLeftOut(ILogger logger, string section);

    [LoggerMessage(304, LogLevel.Warning, "apertium-apy cannot load {Pair}: {Reason}")]
    public static partial void ApertiumWarmUpFailed(ILogger logger, string pair, string reason);
}
