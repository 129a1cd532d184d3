using System.Buffers;
using VoiceWorker.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>A delivery without a broker: the replies, in their wire form, go to whoever handed the job in.</summary>
/// <param name="onProgress">Gets each progress message.</param>
internal sealed class LocalDelivery(Action<ReplyMessage> onProgress) : IDelivery
{
    private readonly TaskCompletionSource<ReplyMessage?> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReplyMessage? _last;

    /// <summary>The last reply, once the pipeline has settled the job; null when it gave the job back unanswered.</summary>
    public Task<ReplyMessage?> Settled => _settled.Task;

    /// <inheritdoc/>
    public bool HasRetriesLeft => false;

    /// <inheritdoc/>
    public ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(ReplyWriter.EstimateLength(reply));
        ReplyWriter.Write(body, reply);
        var message = ReplyMessage.Read(body.WrittenSpan);
        if (message.IsLast)
            _last = message;
        else
            onProgress(message);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        _settled.TrySetResult(_last);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void AbandonMemory()
    {
        // None of it is pooled.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The job's bytes belong to the command, not to the delivery.
    }
}
