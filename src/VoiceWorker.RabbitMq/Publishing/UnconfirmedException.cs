namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>The broker did not confirm a message in time. It may still do so.</summary>
/// <param name="message">In words.</param>
/// <param name="confirmation">Ends with the confirm, or fails with the channel. Until then the message's body may be read.</param>
internal sealed class UnconfirmedException(string message, Task confirmation) : Exception(message)
{
    /// <summary>Ends with the confirm, or fails with the channel.</summary>
    public Task Confirmation => confirmation;
}
