namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>What the decoder remembers of one text in the making: keys and values of every layer's self-attention.</summary>
internal sealed class TextMemory(KeyValueStore[] layers, Action<KeyValueStore> release) : IDisposable
{
    /// <summary>Tokens read so far: the position of the next one.</summary>
    public int Position => layers[^1].Count;

    /// <summary>Keys and values by layer.</summary>
    public KeyValueStore this[int layer] => layers[layer];

    /// <summary>Remembers what another text has read, and nothing else.</summary>
    public void CopyFrom(TextMemory other)
    {
        for (var layer = 0; layer < layers.Length; layer++)
            layers[layer].CopyFrom(other[layer]);
    }

    public void Dispose() => Array.ForEach(layers, release);
}
