using RabbitMQ.Client;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// The properties of a job's copy, for another attempt or for the dead letters. Only what belongs to a job is taken
/// over: other headers may route the copy (<c>CC</c>), and an expiration would end it on the way.
/// </summary>
internal static class MessageCopy
{
    private const int MaxErrorLength = 1000;

    /// <summary>The properties of a job's copy.</summary>
    /// <param name="original">The properties of the delivery.</param>
    /// <param name="job">The job that was read from it.</param>
    /// <param name="attempt">The attempt that the copy stands for.</param>
    /// <param name="now">The time now.</param>
    /// <param name="failure">Why the last attempt failed; null when it did not.</param>
    public static BasicProperties Of(IReadOnlyBasicProperties original, VoiceJob job, int attempt, DateTimeOffset now, StageFailure? failure)
    {
        var headers = new Dictionary<string, object?>();
        foreach (var name in JobHeaders.Known)
        {
            if (original.Headers is not null && original.Headers.TryGetValue(name, out var value) && ShortStrings.FitValue(value) is { } fitting)
                headers[name] = fitting;
        }

        if (job.Deadline is { } deadline)
            headers[JobHeaders.Deadline] = deadline.ToUnixTimeMilliseconds();
        if (JobHeaders.Text(original.Headers, AmqpNames.ReplayedHeader) is { } replayed)
            headers[AmqpNames.ReplayedHeader] = ShortString.Fit(replayed);
        headers[AmqpNames.AttemptHeader] = attempt;
        headers[AmqpNames.FirstSeenHeader] = JobHeaders.Number(original.Headers, AmqpNames.FirstSeenHeader) ?? now.ToUnixTimeMilliseconds();
        if (failure is not null)
            Describe(failure, now, headers);

        var copy = new BasicProperties { Headers = headers, DeliveryMode = DeliveryModes.Persistent, MessageId = job.MessageId };
        if (original.IsContentTypePresent())
            copy.ContentType = original.ContentType;
        if (original.IsContentEncodingPresent())
            copy.ContentEncoding = original.ContentEncoding;
        if (original.IsCorrelationIdPresent())
            copy.CorrelationId = original.CorrelationId;
        if (original.IsReplyToPresent())
            copy.ReplyTo = original.ReplyTo;
        if (original.IsPriorityPresent())
            copy.Priority = original.Priority;
        if (original.IsTimestampPresent())
            copy.Timestamp = original.Timestamp;
        if (original.IsTypePresent())
            copy.Type = original.Type;
        if (original.IsAppIdPresent())
            copy.AppId = original.AppId;
        return copy;
    }

    /// <summary>Adds to a message's headers why it became a dead letter.</summary>
    public static void Describe(StageFailure failure, DateTimeOffset now, IDictionary<string, object?> headers)
    {
        headers[AmqpNames.ErrorHeader] = MessageIds.Cut(MessageIds.WithoutControls(failure.Message), MaxErrorLength);
        headers[AmqpNames.ErrorCodeHeader] = WireNames.Of(failure.Code);
        headers[AmqpNames.ErrorStageHeader] = WireNames.Of(failure.Stage);
        headers[AmqpNames.FailedAtHeader] = now.ToUnixTimeMilliseconds();
    }
}
