namespace VoiceWorker.Core.Ports;

/// <summary>A reply that no retry will deliver: unroutable, refused by policy, or larger than the broker takes.</summary>
/// <param name="message">What was wrong with the address or the reply.</param>
public sealed class ReplyUndeliverableException(string message) : Exception(message);
