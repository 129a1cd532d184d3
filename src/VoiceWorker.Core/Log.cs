using Microsoft.Extensions.Logging;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Stage} failed for job {MessageId}: {Kind}, {Code}: {Reason}")]
    public static partial void StageFailed(ILogger logger, Stage stage, string messageId, FailureKind kind, ErrorCode code, string reason, Exception? exception);

    [LoggerMessage(17, LogLevel.Error, "A defect in {Stage} for job {MessageId}: its {What} failed; the job goes on without it")]
    public static partial void StageDefect(ILogger logger, Stage stage, string messageId, string what, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Stage} failed and is tried again (retry {Retry} in {Delay}): {Reason}")]
    public static partial void StageRetries(ILogger logger, Stage stage, int retry, TimeSpan delay, string? reason);

    [LoggerMessage(3, LogLevel.Information, "Job {MessageId} {Outcome} after {Seconds:0.000} s")]
    public static partial void JobSettled(ILogger logger, string messageId, string outcome, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Draining {Jobs} jobs in flight, for at most {Timeout}")]
    public static partial void Draining(ILogger logger, int jobs, TimeSpan timeout);

    [LoggerMessage(5, LogLevel.Warning, "{Jobs} jobs are not done in time and go back to the queue")]
    public static partial void DrainForced(ILogger logger, int jobs);

    [LoggerMessage(6, LogLevel.Error, "{Jobs} jobs could not be settled before the stop; the broker will deliver them again")]
    public static partial void DrainIncomplete(ILogger logger, int jobs);

    [LoggerMessage(7, LogLevel.Error, "The circuit of {Stage} is open: {Engine} is down. {Reason}")]
    public static partial void CircuitOpened(ILogger logger, Stage stage, string engine, string? reason);

    [LoggerMessage(8, LogLevel.Information, "The circuit of {Stage} is closed: {Engine} works again")]
    public static partial void CircuitClosed(ILogger logger, Stage stage, string engine);

    [LoggerMessage(10, LogLevel.Information, "Job {MessageId} is to be cancelled; {Running} here")]
    public static partial void CancelAsked(ILogger logger, string messageId, int running);

    [LoggerMessage(16, LogLevel.Warning, "Job {MessageId} is not cancelled: the cancellation names neither its sender_id nor its reply_to")]
    public static partial void CancelOfAnother(ILogger logger, string messageId);

    [LoggerMessage(11, LogLevel.Warning, "{Engine} failed in {Stage}: {Reason} Next engine: {Next}")]
    public static partial void EngineFailed(ILogger logger, Stage stage, string engine, string reason, string next);

    [LoggerMessage(12, LogLevel.Error, "How long a recording plays could not be guessed; its job queues as a short one")]
    public static partial void DurationUnknown(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Debug, "Asked {Engine}: ready {Ready}. {Detail}")]
    public static partial void CircuitProbed(ILogger logger, string engine, bool ready, string detail);

    [LoggerMessage(13, LogLevel.Error, "Whether {Engine} works again could not be found out; it is asked again")]
    public static partial void ProbeFailed(ILogger logger, string engine, Exception exception);
}
