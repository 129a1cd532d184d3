namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>What the decoder remembers of one text in the making: keys and values of every layer's self-attention.</summary>
internal sealed class SelfAttentionCache(KvCache[] layers, Action<KvCache> release) : IDisposable
{
    private KvCache[]? _layers = layers;

    /// <summary>Tokens read so far: the position of the next one.</summary>
    public int Position => Layers[^1].Count;

    private KvCache[] Layers => _layers ?? throw new ObjectDisposedException(nameof(SelfAttentionCache));

    /// <summary>Keys and values by layer.</summary>
    /// <exception cref="ObjectDisposedException">They have been requeued, and may be another text's by now.</exception>
    public KvCache this[int layer] => Layers[layer];

    /// <summary>Remembers what another text has read, and nothing else.</summary>
    public void CopyFrom(SelfAttentionCache other)
    {
        for (var layer = 0; layer < Layers.Length; layer++)
            Layers[layer].CopyFrom(other[layer]);
    }

    /// <summary>Gives the stores back; a second time does nothing.</summary>
    public void Dispose() => Array.ForEach(Interlocked.Exchange(ref _layers, null) ?? [], release);
}
