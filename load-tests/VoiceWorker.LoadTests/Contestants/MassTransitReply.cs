namespace VoiceWorker.LoadTests.Contestants;

/// <summary>The reply as a MassTransit message.</summary>
public sealed record MassTransitReply
{
    /// <summary>Which job it answers.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The reply of the wire contract.</summary>
    public string Body { get; init; } = "";
}
