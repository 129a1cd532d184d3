using System.Collections.Concurrent;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using Whisper.net;

namespace VoiceWorker.WhisperNet.Engine;

/// <summary>
/// Processors of one factory. A processor does one job at a time; different processors run truly in parallel, and each
/// run has memory of its own, so their number is what bounds memory and threads.
/// </summary>
/// <param name="build">Makes a processor.</param>
/// <param name="size">How many may be in use at once.</param>
internal sealed class ProcessorPool(Func<WhisperProcessor> build, int size) : IAsyncDisposable
{
    private readonly ConcurrentBag<WhisperProcessor> _idle = [];
    private readonly SemaphoreSlim _free = new(size);
    private volatile bool _closed;

    /// <summary>Waits for a free processor and works with it.</summary>
    /// <exception cref="EngineException">The pool is closed: <see cref="FailureKind.Stopping"/>.</exception>
    public async Task<T> UseAsync<T>(Func<WhisperProcessor, Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            if (_closed)
                throw new EngineException(FailureKind.Stopping, ErrorCode.EngineUnavailable, "the speech recogniser is closed");
            var processor = _idle.TryTake(out var idle) ? idle : build();
            var finished = false;
            try
            {
                var result = await work(processor);
                finished = true;
                return result;
            }
            finally
            {
                // A cancelled run goes on in native code until its next token, reading the samples; DisposeAsync waits for its end.
                if (finished)
                    _idle.Add(processor);
                else
                    await processor.DisposeAsync();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for every run to end, then frees the processors. Later callers are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < size; i++)
            await _free.WaitAsync();
        while (_idle.TryTake(out var processor))
            await processor.DisposeAsync();
        _free.Release(size);
    }
}
