namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>What the decoder remembers of one window of sound: keys and values of every layer's cross-attention.</summary>
internal sealed class AudioMemory(KeyValueStore[] layers, Action<KeyValueStore> release) : IDisposable
{
    private KeyValueStore[]? _layers = layers;

    /// <summary>Keys and values by layer.</summary>
    /// <exception cref="ObjectDisposedException">They have been given back, and may be another window's by now.</exception>
    public KeyValueStore this[int layer] => (_layers ?? throw new ObjectDisposedException(nameof(AudioMemory)))[layer];

    /// <summary>Gives the stores back; a second time does nothing.</summary>
    public void Dispose() => Array.ForEach(Interlocked.Exchange(ref _layers, null) ?? [], release);
}
