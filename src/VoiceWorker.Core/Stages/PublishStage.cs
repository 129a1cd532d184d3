using System.Diagnostics.CodeAnalysis;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>
/// Sends the reply or the error and decides how the delivery ends: the settlement table, in one place. A reply that the
/// broker finds too large comes smaller: as Opus, then as texts, at last as an error.
/// </summary>
internal sealed class PublishStage(IAudioEncoder encoder) : IStage<Envelope, Settlement>
{
    public Stage Stage => Stage.Publish;

    /// <summary>How the delivery ends when this stage failed.</summary>
    public static Settlement Unpublished(StageFailure failure, IDelivery delivery) => failure switch
    {
        // The broker does not answer. The transport keeps the reply; it goes out when the job is delivered again.
        { Code: not ErrorCode.Internal } => new Settlement.Return(),
        // A defect would hit the next delivery, too: attempts are counted, and end.
        _ when delivery.HasRetriesLeft => new Settlement.RetryLater(failure),
        _ => new Settlement.DeadLetter(failure),
    };

    public async ValueTask<Settlement> RunAsync(JobContext context, Envelope input, CancellationToken cancellationToken)
    {
        var delivery = context.Delivery;
        switch (input.Failure)
        {
            case null:
                return await SendAsync(((Envelope<TranslationReply>)input).Payload, delivery, cancellationToken) is { } refusal
                    ? new Settlement.DeadLetter(refusal)
                    : new Settlement.Done();
            case { Kind: FailureKind.Stopping or FailureKind.EngineDown }:
                return new Settlement.Return();
            case { Kind: FailureKind.Cancelled } failure:
                return await TrySendAsync(new ErrorReply(context.Job.MessageId, failure), delivery, cancellationToken) is { } unwanted
                    ? new Settlement.DeadLetter(Undeliverable(unwanted))
                    : new Settlement.Cancelled();
            case { Kind: FailureKind.Transient } failure when delivery.HasRetriesLeft:
                return new Settlement.RetryLater(failure);
            // One time-out may be a busy machine's; the second is the job's own.
            case { Code: ErrorCode.StageTimeout } failure when delivery.HasRetriesLeft && context.Job.Attempt == 1:
                return new Settlement.RetryLater(failure);
            case var failure:
                var unheard = await TrySendAsync(new ErrorReply(context.Job.MessageId, failure), delivery, cancellationToken);
                return new Settlement.DeadLetter(unheard is null ? failure : failure with { Message = $"{failure.Message} The error reply failed too: {unheard.Message}" });
        }
    }

    private async ValueTask<StageFailure?> SendAsync(TranslationReply reply, IDelivery delivery, CancellationToken cancellationToken)
    {
        var problem = await TrySendAsync(reply, delivery, cancellationToken);
        if (problem is null)
            return null;
        if (!problem.IsTooLarge)
            return Undeliverable(problem);
        await foreach (var smaller in SmallerAsync(reply, cancellationToken))
        {
            if (await TrySendAsync(smaller, delivery, cancellationToken) is null)
                return null;
        }

        var failure = Undeliverable(problem) with { Message = $"Processing failed: the reply is larger than the broker takes, even without speech. Send a shorter job. {problem.Message}" };
        await TrySendAsync(new ErrorReply(reply.MessageId, failure), delivery, cancellationToken);
        return failure;
    }

    private async IAsyncEnumerable<TranslationReply> SmallerAsync(TranslationReply reply, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if ((reply.TranslatedAudio ?? reply.OriginalAudio) is not { } audio)
            yield break;
        if (audio.Format != AudioFormat.OggOpus && await TryRecodeAsync(reply, cancellationToken) is { } opus)
            yield return opus;
        yield return reply with { TranslatedAudio = null, OriginalAudio = null, VoiceUsed = null, NeedsFallback = true };
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The texts go out in any case.")]
    private async ValueTask<TranslationReply?> TryRecodeAsync(TranslationReply reply, CancellationToken cancellationToken)
    {
        try
        {
            return reply with { TranslatedAudio = await RecodeAsync(reply.TranslatedAudio), OriginalAudio = await RecodeAsync(reply.OriginalAudio) };
        }
        catch (Exception)
        {
            return null;
        }

        async ValueTask<EncodedAudio?> RecodeAsync(EncodedAudio? audio) => audio is null ? null : await encoder.RecodeToOpusAsync(audio, cancellationToken);
    }

    private static async ValueTask<ReplyUndeliverableException?> TrySendAsync(Reply reply, IDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await delivery.ReplyAsync(reply, cancellationToken);
            return null;
        }
        catch (ReplyUndeliverableException e)
        {
            return e;
        }
    }

    private static StageFailure Undeliverable(ReplyUndeliverableException e) => new(Stage.Publish, FailureKind.BadJob, ErrorCode.ReplyUndeliverable, e.Message);
}
