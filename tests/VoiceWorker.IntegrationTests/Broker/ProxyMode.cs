namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>What happens to the bytes of one direction.</summary>
/// <param name="BytesPerSecond">How fast they pass; null for at once.</param>
/// <param name="Drop">Whether they vanish; the sender notices nothing.</param>
/// <param name="HeldUntil">What the bytes wait for; null for nothing.</param>
/// <param name="CutAfter">After how many more bytes the connection is reset; null for never.</param>
internal sealed record ProxyMode(int? BytesPerSecond = null, bool Drop = false, long? CutAfter = null, Task? HeldUntil = null)
{
    public static readonly ProxyMode Pass = new();
    public static readonly ProxyMode Blackhole = new(Drop: true);
}
