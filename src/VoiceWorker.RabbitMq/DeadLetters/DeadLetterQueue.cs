using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>
/// The queue of dead letters. What is read stays in the queue, held back from others until this object or its process
/// ends; then the broker puts it back. A letter leaves only by <see cref="RemoveAsync"/>, or by <see cref="ReplayAsync"/>
/// once the broker has confirmed its copy: whenever this process dies, nothing is lost.
/// </summary>
internal sealed class DeadLetterQueue : IAsyncDisposable
{
    // RabbitMQ 4 drops a message from a quorum queue that was put back more than 20 times, unless told otherwise; half
    // of that leaves room for those who look at the same time.
    private const long WornOut = 10;

    private readonly Task<ShutdownEventArgs> _lost;
    private readonly IChannel _read;
    private readonly IChannel _send;
    private readonly RabbitMqOptions _options;
    private readonly JobReader _reader;
    private bool _settled;
    private int _held;

    private DeadLetterQueue(Task<ShutdownEventArgs> lost, IChannel read, IChannel send, RabbitMqOptions options)
    {
        (_lost, _read, _send, _options) = (lost, read, send, options);
        _reader = new(new JobLimits { MaxBodyBytes = options.MaxMessageBytes });
    }

    /// <summary>The queue's name.</summary>
    public string Name => _options.DeadLetterQueue;

    /// <summary>The queue that letters are replayed to.</summary>
    public string JobQueue => _options.Queue;

    /// <summary>How many letters there were at the start, those that somebody else looks at left out.</summary>
    public uint Count { get; private init; }

    /// <summary>Opens the queue.</summary>
    /// <exception cref="IOException">There is no such queue.</exception>
    public static async Task<DeadLetterQueue> OpenAsync(IConnection connection, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        var lost = new TaskCompletionSource<ShutdownEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            lost.TrySetResult(reason);
            return Task.CompletedTask;
        };
        var read = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var queue = await read.QueueDeclarePassiveAsync(options.DeadLetterQueue, cancellationToken);
            var send = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
            return new(lost.Task, read, send, options) { Count = queue.MessageCount };
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            throw new IOException($"There is no queue '{options.DeadLetterQueue}' on the broker; the first worker declares it.", e);
        }
    }

    /// <summary>Reads the letters that were there at the start, one after the other.</summary>
    /// <exception cref="UnreadableLetterException">One of them cannot be read.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async IAsyncEnumerable<DeadLetter> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0u; i < Count && await UnlessLostAsync(_read.BasicGetAsync(Name, autoAck: false, cancellationToken)) is { } message; i++)
        {
            var letter = DeadLetter.Read(message, _reader, JobQueue);
            (_settled, _held) = (false, _held + 1);
            yield return letter;
            if (!_settled && JobHeaders.Number(letter.Properties.Headers, AmqpNames.DeliveryCountHeader) >= WornOut)
                await RenewAsync(letter, cancellationToken);
        }
    }

    /// <summary>Sends a letter as a new job, or a reply once more; it leaves the queue when the broker has confirmed that.</summary>
    /// <param name="letter">The letter read last.</param>
    /// <param name="deadline">The job's deadline from now on; null for none.</param>
    /// <param name="now">The time of the replay, by which workers tell it from the job's first life.</param>
    /// <param name="cancellationToken">Gives up waiting for the confirm; the letter stays.</param>
    /// <exception cref="IOException">The broker does not take the job.</exception>
    public Task ReplayAsync(DeadLetter letter, DateTimeOffset? deadline, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveAsync(letter, letter.IsReply ? AmqpNames.ReplyQueue(JobQueue) : JobQueue, DeadLetterCopy.AsJob(letter, deadline, now), cancellationToken);

    /// <summary>Deletes a letter.</summary>
    /// <param name="letter">The letter read last.</param>
    /// <param name="cancellationToken">Not used once the order is on its way.</param>
    public async Task RemoveAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await _read.BasicAckAsync(letter.Tag, multiple: false, cancellationToken);
        (_settled, _held) = (true, _held - 1);
    }

    /// <summary>Puts back what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        // Closing waits for the broker's answer, and thereby for all acknowledgements before it.
        await _read.DisposeAsync();
        try
        {
            // A quorum queue puts letters back in its own time; the next command of a script should find them all.
            for (var i = 0; i < 100 && _send.IsOpen && await _send.MessageCountAsync(Name) < _held; i++)
                await Task.Delay(20);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            // The broker puts them back without being watched.
        }

        await _send.DisposeAsync();
    }

    // A copy starts its count of deliveries anew.
    private Task RenewAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        MoveAsync(letter, Name, DeadLetterCopy.AsLetter(letter), cancellationToken);

    private async Task MoveAsync(DeadLetter letter, string queue, BasicProperties properties, CancellationToken cancellationToken)
    {
        try
        {
            await UnlessLostAsync(PublishAsync());
        }
        catch (PublishReturnException e)
        {
            throw new IOException($"There is no queue '{queue}' on the broker; the first worker declares it.", e);
        }
        catch (PublishException e)
        {
            throw new IOException($"The broker refused a message: the queue '{queue}' is full or limited.", e);
        }

        await RemoveAsync(letter, cancellationToken);

        async Task<bool> PublishAsync()
        {
            await _send.BasicPublishAsync("", queue, mandatory: true, properties, letter.Body, cancellationToken);
            return true;
        }
    }

    // The client forgets some of those who wait when its connection ends.
    private async Task<T> UnlessLostAsync<T>(Task<T> work)
    {
        if (await Task.WhenAny(work, _lost) == work)
            return await work;
        var reason = await _lost;
        var cause = reason.Exception?.GetBaseException();
        throw BrokerErrors.IsUnreadable(reason)
            ? new UnreadableLetterException(Name, (uint)_held + 1, cause!.Message)
            : new IOException($"The connection to the broker is gone: {cause?.Message ?? BrokerErrorMessages.Of(reason)}");
    }
}
