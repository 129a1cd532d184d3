namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>How the matrices of a graph are kept and multiplied.</summary>
internal enum WeightFormat
{
    /// <summary>Single precision.</summary>
    Single,

    /// <summary>
    /// 8 bits with a scale for each block of 128 inputs; rows are quantized on the fly, each for itself. Reads a quarter
    /// of the memory, which is what counts for few rows.
    /// </summary>
    Block8,

    /// <summary>
    /// 8 bits with a scale for each output; all rows of a product are quantized on the fly with one scale. The fastest
    /// for many rows, and the least exact.
    /// </summary>
    Int8,
}
