namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>What the decoder remembers of one window of sound: keys and values of every layer's cross-attention.</summary>
internal sealed class CrossAttentionCache(KvCache[] layers, Action<KvCache> release) : IDisposable
{
    private KvCache[]? _layers = layers;

    /// <summary>Keys and values by layer.</summary>
    /// <exception cref="ObjectDisposedException">They have been requeued, and may be another window's by now.</exception>
    public KvCache this[int layer] => (_layers ?? throw new ObjectDisposedException(nameof(CrossAttentionCache)))[layer];

    /// <summary>Gives the stores back; a second time does nothing.</summary>
    public void Dispose() => Array.ForEach(Interlocked.Exchange(ref _layers, null) ?? [], release);
}
