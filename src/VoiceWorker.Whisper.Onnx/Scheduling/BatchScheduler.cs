using System.Diagnostics.CodeAnalysis;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>
/// Shares one network between any number of recordings. The texts of all encoded windows are written together, each step
/// reading the next token of every text; texts join and leave between steps. A recording asks for its next window only
/// when the last one is written; only <paramref name="places"/> windows are held at a time, the others wait.
/// </summary>
/// <remarks>
/// The encoder goes before the decoder: a step costs little more for many texts than for one, so it pays to gather them.
/// But a recording's first window, and the text of it, go before the later windows of long recordings and their texts.
/// While there is such work the later ones have <see cref="LaterShare"/>: of a step they have part in, as much as they have
/// of its texts. Later windows are encoded in small pieces, so that nobody waits for long.
/// </remarks>
/// <param name="network">Owned by the scheduler.</param>
/// <param name="places">Windows that may be in the making at once.</param>
/// <param name="meter">Counts what is done.</param>
/// <param name="time">Measures what is done.</param>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whoever waits gets it, whatever it is; the others, and later ones, go on.")]
internal sealed class BatchScheduler(IWhisperNetwork network, int places, ISchedulerMeter meter, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly EncodeQueue _first = new();
    private readonly EncodeQueue _later = new();
    private readonly List<ActiveText> _joining = [];
    private readonly List<ActiveText> _texts = [];
    private readonly DecoderStep _step = new();
    private readonly LaterShare _laterShare = new();
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
        Enqueue(() => QueueOf(request).Add(request));
        return request.Completion;
    }

    /// <summary>Writes a text for an encoded window. Ends between two steps when cancelled.</summary>
    public Task WriteAsync(EncodedWindow window, ITextWriter writer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = new ActiveText(window, writer, network.CreateText, cancellationToken);
        try
        {
            Enqueue(() => _joining.Add(text));
        }
        catch (ObjectDisposedException exception)
        {
            text.End(exception);
        }

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
        while (!_stopped)
        {
            try
            {
                TakeTurn();
            }
            catch (Exception exception)
            {
                Abandon(exception);
            }
        }

        Abandon(new OperationCanceledException("the speech recognition engine was stopped"));
    }

    private void TakeTurn()
    {
        var turn = NextTurn();
        var began = time.GetTimestamp();
        if (turn.Window is not null)
            Encode(turn.Window);
        else if (turn.Texts.Count > 0)
            Step(turn.Texts);
        else
            _work.Wait();
        _laterShare.Account(time.GetElapsedTime(began), turn.IsContested, turn.OfLater);
    }

    /// <summary>Lets new texts in and cancelled ones out, and says what to do next.</summary>
    private Turn NextTurn()
    {
        lock (_gate)
        {
            _texts.AddRange(_joining);
            _joining.Clear();
            foreach (var text in _texts.FindAll(text => text.IsCancelled))
                Leave(text);
            _freePlaces += _first.DropCancelled() + _later.DropCancelled();

            var firstTexts = _texts.FindAll(text => text.OfFirstWindow);
            var firstHasWork = !_first.IsEmpty || firstTexts.Count > 0;
            var laterHasWork = !_later.IsEmpty || firstTexts.Count < _texts.Count;
            var laterIsNext = !firstHasWork || _laterShare.IsDue;
            var window = (laterIsNext ? _later.Next(ref _freePlaces) : null) ?? _first.Next(ref _freePlaces);
            var texts = laterIsNext || firstTexts.Count == 0 ? [.. _texts] : firstTexts;
            var ofLater = window?.IsFirst switch
            {
                true => 0,
                false => 1,
                null => (texts.Count - firstTexts.Count) / Math.Max(1.0, texts.Count),
            };
            return new(window, texts, firstHasWork && laterHasWork, ofLater);
        }
    }

    private EncodeQueue QueueOf(EncodeRequest request) => request.IsFirst ? _first : _later;

    private void Encode(EncodeRequest request)
    {
        var began = time.GetTimestamp();
        CrossAttentionCache? audio = null;
        try
        {
            audio = request.Advance(network);
            request.Spent += time.GetElapsedTime(began);
            if (audio is null)
                return;
            meter.Encoded(request.Spent);
            Finish(request);
            request.Complete(new EncodedWindow(audio, request.IsFirst, () => Release(audio)));
        }
        catch (Exception exception)
        {
            request.Fail(exception);
            Release(audio);
            Finish(request);
        }
    }

    private void Finish(EncodeRequest request)
    {
        lock (_gate)
            QueueOf(request).Finish();
    }

    private void Step(List<ActiveText> texts)
    {
        try
        {
            _step.Gather(texts, network.MaxRows).ForEach(text => Leave(text));
            if (_step.Rows.Count == 0)
                return;
            var (count, began) = (texts.Count, time.GetTimestamp());
            var logits = network.Step(_step.Rows);
            foreach (var (text, rows, endsPrompt) in _step.Readers)
            {
                if (!text.Take(logits[..(rows * network.Vocabulary)], endsPrompt))
                    Leave(text);
                logits = logits[(rows * network.Vocabulary)..];
            }

            meter.Stepped(count, time.GetElapsedTime(began));
        }
        catch (Exception exception)
        {
            texts.ForEach(text => Leave(text, exception));
        }
    }

    private void Leave(ActiveText text, Exception? exception = null)
    {
        _texts.Remove(text);
        text.End(exception);
    }

    private void Release(CrossAttentionCache? audio)
    {
        audio?.Dispose();
        lock (_gate)
        {
            _freePlaces++;
            Wake();
        }
    }

    // Everybody who waits gets the exception; windows that are encoded already give their places back themselves.
    private void Abandon(Exception exception)
    {
        lock (_gate)
        {
            foreach (var text in _texts.Concat(_joining).ToList())
                Leave(text, exception);
            _joining.Clear();
            _freePlaces += _first.Abandon(exception) + _later.Abandon(exception);
        }
    }
}
