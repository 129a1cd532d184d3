using VoiceWorker.Core.Pooling;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>A reply that is written and can be sent.</summary>
/// <param name="buffer">Holds its body; goes back to its pool when the reply is disposed.</param>
/// <param name="resultsKey">Its routing key in the results exchange, should the job have no reply address.</param>
/// <param name="message">The message.</param>
internal sealed class ReadyReply(PooledBuffer buffer, string resultsKey, Publication message) : IDisposable
{
    /// <summary>Its routing key in the results exchange, should the job have no reply address.</summary>
    public string ResultsKey => resultsKey;

    /// <summary>The message.</summary>
    public Publication Message => message;

    /// <summary>Its body.</summary>
    public ReadOnlyMemory<byte> Body => buffer.Written;

    public void Dispose() => buffer.Dispose();
}
