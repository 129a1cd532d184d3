namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Where the tokens of one text listened: the cross-attention of the decoder's upper half, where whisper's alignment heads
/// are. One head of one token is written by one thread.
/// </summary>
/// <param name="layers">The decoder's layers.</param>
/// <param name="heads">Heads of a layer.</param>
/// <param name="tokens">Tokens that will be read.</param>
internal sealed class AttentionTrace(int layers, int heads, int tokens)
{
    private readonly int _firstLayer = layers / 2;
    private readonly float[][] _rows = new float[(layers - (layers / 2)) * heads * tokens][];

    /// <summary>Heads that are traced, of all layers.</summary>
    public int Heads => (layers - _firstLayer) * heads;

    /// <summary>Whether a layer is traced.</summary>
    public bool Includes(int layer) => layer >= _firstLayer;

    /// <summary>Sets the memory aside for what one head of a token gives each position.</summary>
    public Span<float> Add(int layer, int head, int token, int positions) =>
        _rows[((((layer - _firstLayer) * heads) + head) * tokens) + token] = new float[positions];

    /// <summary>What a head gave each position when a token was read.</summary>
    public ReadOnlySpan<float> this[int head, int token] => _rows[(head * tokens) + token];
}
