namespace VoiceWorker.Core.Ports;

/// <summary>A reply that no retry will deliver: unroutable, refused by policy, or larger than the broker takes.</summary>
/// <param name="message">What was wrong with the address or the reply.</param>
/// <param name="isTooLarge">Whether a smaller reply would be taken.</param>
public sealed class ReplyUndeliverableException(string message, bool isTooLarge = false) : Exception(message)
{
    /// <summary>Whether a smaller reply would be taken.</summary>
    public bool IsTooLarge => isTooLarge;
}
