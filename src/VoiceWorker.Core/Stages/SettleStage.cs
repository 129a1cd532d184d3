using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Stages;

/// <summary>Settles the delivery. What cannot be parked or buried goes back to the queue: a job is never dropped.</summary>
internal sealed class SettleStage : IStage<Settlement, Settlement>
{
    public Stage Stage => Stage.Settle;

    public async ValueTask<Settlement> RunAsync(JobContext context, Settlement input, CancellationToken cancellationToken)
    {
        try
        {
            await context.Delivery.SettleAsync(input, cancellationToken);
            return input;
        }
        catch (Exception e) when (input is Settlement.RetryLater or Settlement.DeadLetter && e is EngineException or OperationCanceledException)
        {
            var returned = new Settlement.Return();
            await context.Delivery.SettleAsync(returned, CancellationToken.None);
            return returned;
        }
    }
}
