using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary>A dead letter without its body: a row of the table, or one JSON object a line.</summary>
internal sealed record DeadLetterLine(
    string MessageId,
    string Code,
    string Stage,
    int Attempts,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? FailedAt,
    int Bytes,
    string? Sender,
    DateTimeOffset? Deadline,
    string Reason)
{
    public static DeadLetterLine Of(DeadLetter letter) => new(
        letter.Job.MessageId, letter.Code, letter.Stage, letter.Job.Attempt, letter.FirstSeen, letter.FailedAt, letter.Body.Length, letter.Job.SenderId, letter.Deadline, letter.Reason);
}
