namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>What the decoder remembers of one window of sound: keys and values of every layer's cross-attention.</summary>
internal sealed class AudioMemory(KeyValueStore[] layers, Action<KeyValueStore> release) : IDisposable
{
    /// <summary>Keys and values by layer.</summary>
    public KeyValueStore this[int layer] => layers[layer];

    public void Dispose() => Array.ForEach(layers, release);
}
