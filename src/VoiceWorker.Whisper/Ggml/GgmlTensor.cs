namespace VoiceWorker.Whisper.Ggml;

/// <summary>Where a tensor lies in a model file.</summary>
/// <param name="Name">OpenAI's name: <c>encoder.blocks.0.attn.query.weight</c>.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Shape">Row-major: the last dimension lies together in the file.</param>
/// <param name="Offset">The first byte of its data in the file.</param>
/// <param name="ByteLength">The data's size in bytes.</param>
public sealed record GgmlTensor(string Name, GgmlType Type, IReadOnlyList<int> Shape, long Offset, long ByteLength)
{
    /// <summary>The number of values.</summary>
    public int Count => Shape.Aggregate(1, (product, dimension) => product * dimension);
}
