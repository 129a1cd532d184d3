namespace VoiceWorker.RabbitMq.Setup;

/// <summary>The broker is reached but is not as the worker needs it; the message says what is wrong and what mends it.</summary>
internal sealed class BrokerSetupException(IReadOnlyList<string> problems) : IOException(string.Join(' ', problems))
{
    /// <summary>What is wrong, each with its remedy.</summary>
    public IReadOnlyList<string> Problems => problems;
}
