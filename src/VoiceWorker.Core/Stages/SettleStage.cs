using System.Diagnostics.CodeAnalysis;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.Core.Stages;

/// <summary>
/// Settles the delivery. What can neither be retried later nor become a dead letter goes back to the queue; and what is not
/// even returned, the delivery itself brings back when it is disposed.
/// </summary>
internal sealed class SettleStage : IStage<Settlement, Settlement>
{
    public Stage Stage => Stage.Settle;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever went wrong, the job can still go back to the queue.")]
    public async ValueTask<Settlement> RunAsync(JobContext context, Settlement input, CancellationToken cancellationToken)
    {
        try
        {
            await context.Delivery.SettleAsync(input, cancellationToken);
            return input;
        }
        catch (Exception) when (input is Settlement.RetryLater or Settlement.DeadLetter)
        {
            var returned = new Settlement.Return();
            await context.Delivery.SettleAsync(returned, CancellationToken.None);
            return returned;
        }
    }
}
