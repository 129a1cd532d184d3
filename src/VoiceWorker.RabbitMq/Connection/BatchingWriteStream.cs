using System.Buffers;
using System.Net.Sockets;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>
/// A connection's stream that sends what is written at about the same time together. RabbitMQ.Client writes each message
/// by itself, and for small ones the way through the kernel and into the broker costs more than all the rest. Under load
/// this saves most of it, on both sides; without load nothing waits.
/// </summary>
/// <param name="socket">The connection's socket; whoever made it closes it.</param>
internal sealed class BatchingWriteStream(Socket socket) : NetworkStream(socket), IThreadPoolWorkItem
{
    // What is larger gains nothing, and is not worth a copy.
    private const int Most = 64 * 1024;

    private readonly Lock _lock = new();
    private ArrayBufferWriter<byte> _gathered = new(Most);
    private ArrayBufferWriter<byte> _spare = new(Most);
    private TaskCompletionSource? _idle;
    private Exception? _failure;
    private bool _running;

    /// <summary>Has bytes sent, soon; waits while too many are on their way. One caller at a time, as with any stream.</summary>
    /// <exception cref="IOException">The connection is lost; perhaps with what was written before.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!TryGather(buffer.Span))
        {
            await SentAsync().WaitAsync(cancellationToken);
            if (!TryGather(buffer.Span))
                await base.WriteAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Ends when all is sent, or the connection is lost.</summary>
    public override async ValueTask DisposeAsync()
    {
        await SentAsync();
        await base.DisposeAsync();
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAllAsync();

    private bool TryGather(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_failure is not null)
                throw new IOException(_failure.Message, _failure);
            if (_gathered.WrittenCount + bytes.Length > Most)
                return false;
            _gathered.Write(bytes);
            if (_running)
                return true;
            _running = true;
        }

        // At the end of the queue: whatever else is written by then goes along.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    private Task SentAsync()
    {
        lock (_lock)
            return _running ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
    }

    private async Task SendAllAsync()
    {
        while (TryTake(out var bytes))
        {
            try
            {
                await base.WriteAsync(bytes.WrittenMemory, CancellationToken.None);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The next write tells, as it would if it had failed itself.
                lock (_lock)
                    _failure = e;
            }
        }
    }

    private bool TryTake(out ArrayBufferWriter<byte> bytes)
    {
        lock (_lock)
        {
            bytes = _gathered;
            if (bytes.WrittenCount > 0 && _failure is null)
            {
                _spare.ResetWrittenCount();
                (_gathered, _spare) = (_spare, _gathered);
                return true;
            }

            _running = false;
            _idle?.SetResult();
            _idle = null;
            return false;
        }
    }
}
