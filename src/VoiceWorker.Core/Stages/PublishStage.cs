using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>Sends the reply or the error and decides how the delivery ends: the settlement table, in one place.</summary>
internal sealed class PublishStage : IStage<Envelope, Settlement>
{
    public Stage Stage => Stage.Publish;

    public async ValueTask<Settlement> RunAsync(JobContext context, Envelope input, CancellationToken cancellationToken)
    {
        var delivery = context.Delivery;
        switch (input.Failure)
        {
            case null:
                return await TryReplyAsync(((Envelope<TranslationReply>)input).Payload) is { } refusal
                    ? new Settlement.DeadLetter(refusal)
                    : new Settlement.Done();
            case { Kind: FailureKind.Stopping or FailureKind.EngineDown }:
                return new Settlement.Return();
            case { Kind: FailureKind.Cancelled } failure:
                return await TryReplyAsync(new ErrorReply(context.Job.MessageId, failure)) is { } unwanted
                    ? new Settlement.DeadLetter(unwanted)
                    : new Settlement.Cancelled();
            case { Kind: FailureKind.Transient } failure when delivery.HasRetriesLeft:
                return new Settlement.RetryLater(failure);
            case var failure:
                var unheard = await TryReplyAsync(new ErrorReply(context.Job.MessageId, failure));
                return new Settlement.DeadLetter(unheard is null ? failure : failure with { Message = $"{failure.Message} The error reply failed too: {unheard.Message}" });
        }

        async ValueTask<StageFailure?> TryReplyAsync(Reply reply)
        {
            try
            {
                await delivery.ReplyAsync(reply, cancellationToken);
                return null;
            }
            catch (ReplyUndeliverableException e)
            {
                return new(Stage.Publish, FailureKind.BadJob, ErrorCode.ReplyUndeliverable, e.Message);
            }
        }
    }
}
