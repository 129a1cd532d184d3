using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests;

/// <summary>Counts how often an engine says that it moves on.</summary>
internal sealed class CountingHeartbeat : IHeartbeat
{
    private int _beats;

    public int Beats => _beats;

    public void Beat() => Interlocked.Increment(ref _beats);
}
