using VoiceWorker.Engines.Whisper.Features;
using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>
/// Shares one network between any number of recordings. Windows are encoded one by one in the order in which they come;
/// the texts of all encoded windows are written together, each step reading the next token of every text. Texts join and
/// leave between steps. A recording asks for its next window only when the last one is written, so that a long recording
/// takes turns with short ones; only <paramref name="places"/> windows are held at a time, the others wait.
/// </summary>
/// <remarks>
/// The encoder goes before the decoder: a step costs little more for many texts than for one, so it pays to gather them.
/// </remarks>
/// <param name="network">Owned by the scheduler.</param>
/// <param name="places">Windows that may be in the making at once.</param>
/// <param name="meter">Counts what is done.</param>
internal sealed class BatchScheduler(IWhisperNetwork network, int places, ISchedulerMeter meter) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Queue<EncodeRequest> _waiting = [];
    private readonly List<ActiveText> _joining = [];
    private readonly List<ActiveText> _texts = [];
    private readonly DecoderStep _step = new();
    private int _freePlaces = places;
    private bool _stopped;
    private Task? _loop;

    /// <summary>Encodes a window once there is a place for it.</summary>
    /// <param name="mel">The recording's features.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="positions">The window's length in positions of 20 ms.</param>
    /// <param name="cancellationToken">Takes the window out of the queue.</param>
    /// <returns>The window, which holds its place until it is disposed.</returns>
    public Task<EncodedWindow> EncodeAsync(LogMelSpectrogram mel, int start, int positions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new EncodeRequest(mel, start, positions, cancellationToken);
        Enqueue(() => _waiting.Enqueue(request));
        return request.Completion;
    }

    /// <summary>Writes a text for an encoded window. Ends between two steps when cancelled.</summary>
    public Task WriteAsync(EncodedWindow window, ITextWriter writer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = new ActiveText(window, writer, network.CreateText, cancellationToken);
        Enqueue(() => _joining.Add(text));
        return text.Completion;
    }

    /// <summary>Stops between two steps. What is unfinished fails.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
            Wake();
        }

        if (_loop is not null)
            await _loop.ConfigureAwait(false);
        network.Dispose();
    }

    private void Enqueue(Action add)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            add();
            _loop ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Wake();
        }
    }

    // One permit is enough for any amount of work.
    private void Wake()
    {
        if (_work.CurrentCount == 0)
            _work.Release();
    }

    private void Run()
    {
        while (true)
        {
            var request = Admit();
            if (_stopped)
                break;
            if (request is not null)
                Encode(request);
            else if (_texts.Count > 0)
                Step();
            else
                _work.Wait();
        }

        Abandon();
    }

    /// <summary>Lets new texts in and cancelled ones out.</summary>
    /// <returns>The next window to be encoded, if there is one and a place for it.</returns>
    private EncodeRequest? Admit()
    {
        lock (_gate)
        {
            _texts.AddRange(_joining);
            _joining.Clear();
            foreach (var text in _texts.FindAll(text => text.IsCancelled))
                Leave(text);

            while (_waiting.TryPeek(out var request))
            {
                if (request.CancellationToken.IsCancellationRequested)
                {
                    _waiting.Dequeue().Cancel();
                    continue;
                }

                if (_freePlaces == 0)
                    return null;
                _freePlaces--;
                return _waiting.Dequeue();
            }

            return null;
        }
    }

    private void Encode(EncodeRequest request)
    {
        try
        {
            using var measured = meter.Encoding();
            var audio = network.Encode(request.Mel, request.Start, request.Positions);
            request.Complete(new EncodedWindow(audio, () => Release(audio)));
        }
#pragma warning disable CA1031 // The caller gets it, whatever it is; the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Release(null);
            request.Fail(exception);
        }
    }

    private void Step()
    {
        _step.Clear();
        var reserved = _texts.Sum(text => text.LeastRows);
        foreach (var text in _texts)
        {
            reserved -= text.LeastRows;
            text.Join(_step, Math.Max(1, network.MaxRows - _step.Rows.Count - reserved));
        }

        try
        {
            using var measured = meter.Stepping(_texts.Count);
            var logits = network.Step(_step.Rows);
            foreach (var (text, rows, endsPrompt) in _step.Readers)
            {
                if (!text.Take(logits[..(rows * network.Vocabulary)], endsPrompt))
                    Leave(text);
                logits = logits[(rows * network.Vocabulary)..];
            }
        }
#pragma warning disable CA1031 // Every text of the step gets it; later ones go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var text in _texts.ToList())
                Leave(text, exception);
        }
    }

    private void Leave(ActiveText text, Exception? exception = null)
    {
        _texts.Remove(text);
        text.End(exception);
    }

    private void Release(AudioMemory? audio)
    {
        audio?.Dispose();
        lock (_gate)
        {
            _freePlaces++;
            Wake();
        }
    }

    private void Abandon()
    {
        var stopped = new OperationCanceledException("the speech recognition engine was stopped");
        foreach (var text in _texts.Concat(_joining).ToList())
            Leave(text, stopped);
        foreach (var request in _waiting)
            request.Fail(stopped);
    }
}
