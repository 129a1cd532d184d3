using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>
/// The properties of a dead letter's copy: everything that its producer gave it. Left out is what the broker would not
/// take from another user, what would route or end the copy, and the broker's own notes.
/// </summary>
internal static class DeadLetterCopy
{
    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase)
    {
        XDeathHeader.Header, "x-first-death-exchange", "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange", "x-last-death-queue",
        "x-last-death-reason", AmqpNames.DeliveryCountHeader, AmqpNames.AcquiredCountHeader, "CC", "BCC",
        // .NET clients number what they publish.
        "x-dotnet-pub-seq-no",
    };

    // What tells of the letter's past; a replayed job has none.
    private static readonly string[] Past =
    [
        AmqpNames.AttemptHeader, AmqpNames.FirstSeenHeader, AmqpNames.FailedAtHeader, AmqpNames.ErrorHeader, AmqpNames.ErrorCodeHeader, AmqpNames.ErrorStageHeader,
    ];

    /// <summary>For the queue of jobs: attempts count from the first, and the job is computed whatever is known about its id.</summary>
    public static BasicProperties AsJob(DeadLetter letter, DateTimeOffset? deadline, DateTimeOffset now)
    {
        var (copy, headers) = Copy(letter, deadline);
        foreach (var name in Past)
            headers.Remove(name);
        headers[AmqpNames.ReplayedHeader] = now.ToUnixTimeMilliseconds();
        return copy.FitShortStrings();
    }

    /// <summary>For the queue of dead letters itself, with what the broker knew about its end.</summary>
    public static BasicProperties AsLetter(DeadLetter letter)
    {
        var (copy, headers) = Copy(letter, letter.Deadline);
        headers[AmqpNames.ErrorHeader] = letter.Reason;
        headers[AmqpNames.ErrorCodeHeader] = letter.Code;
        headers[AmqpNames.ErrorStageHeader] = letter.Stage;
        if (letter.FailedAt is { } at)
            headers[AmqpNames.FailedAtHeader] = at.ToUnixTimeMilliseconds();
        return copy.FitShortStrings();
    }

    private static (BasicProperties Copy, Dictionary<string, object?> Headers) Copy(DeadLetter letter, DateTimeOffset? deadline)
    {
        var headers = (letter.Properties.Headers ?? new Dictionary<string, object?>()).Where(header => !Left.Contains(header.Key)).ToDictionary();
        if (deadline is { } moment)
            headers[JobHeaders.Deadline] = moment.ToUnixTimeMilliseconds();
        var copy = new BasicProperties(letter.Properties) { Headers = headers, DeliveryMode = DeliveryModes.Persistent, MessageId = letter.Job.MessageId };
        copy.ClearExpiration();
        copy.ClearUserId();
        copy.ClearClusterId();
        return (copy, headers);
    }
}
