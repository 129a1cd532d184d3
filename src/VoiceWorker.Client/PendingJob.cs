namespace VoiceWorker.Client;

/// <summary>A job whose last reply has not come yet.</summary>
/// <param name="onProgress">Gets every reply before the last one.</param>
internal sealed class PendingJob(Action<ReplyMessage> onProgress)
{
    private readonly TaskCompletionSource<ReplyMessage> _last = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ReplyMessage> LastReply => _last.Task;

    public void Take(ReplyMessage reply)
    {
        if (reply.IsLast)
            _last.TrySetResult(reply);
        else
            onProgress(reply);
    }

    public void Fail(Exception reason) => _last.TrySetException(reason);
}
