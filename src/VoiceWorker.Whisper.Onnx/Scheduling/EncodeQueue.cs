namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>Windows in the order in which they came; at most one is under way, and that one has a place.</summary>
internal sealed class EncodeQueue
{
    private readonly Queue<EncodeRequest> _waiting = [];
    private EncodeRequest? _underWay;

    /// <summary>Whether there is nothing to encode.</summary>
    public bool IsEmpty => _underWay is null && _waiting.Count == 0;

    public void Add(EncodeRequest request) => _waiting.Enqueue(request);

    /// <summary>The window of which to encode the next piece; null when there is none, or no place for it.</summary>
    /// <param name="freePlaces">One less when a window begins.</param>
    public EncodeRequest? Next(ref int freePlaces)
    {
        if (_underWay is null && freePlaces > 0 && _waiting.TryDequeue(out _underWay))
            freePlaces--;
        return _underWay;
    }

    /// <summary>The window under way is finished, or has failed.</summary>
    public void Finish()
    {
        var finished = _underWay;
        _underWay = null;
        finished?.Dispose();
    }

    /// <summary>Takes out what nobody wants any more.</summary>
    /// <returns>The number of places that this frees.</returns>
    public int DropCancelled()
    {
        for (; _waiting.TryPeek(out var request) && request.IsCancelled; _waiting.Dequeue())
            request.Cancel();
        if (_underWay is not { IsCancelled: true } cancelled)
            return 0;
        Finish();
        cancelled.Cancel();
        return 1;
    }

    /// <summary>Fails whatever is left.</summary>
    /// <returns>The number of places that this frees.</returns>
    public int Abandon(Exception exception)
    {
        while (_waiting.TryDequeue(out var request))
            request.Fail(exception);
        if (_underWay is not { } failed)
            return 0;
        Finish();
        failed.Fail(exception);
        return 1;
    }
}
