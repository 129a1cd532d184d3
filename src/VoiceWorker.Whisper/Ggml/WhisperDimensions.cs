namespace VoiceWorker.Whisper.Ggml;

/// <summary>The header of a whisper model file, in the file's order.</summary>
/// <param name="Vocabulary">Rows of the token embedding: 51864 (English only), 51865, or 51866 (large-v3).</param>
/// <param name="AudioContext">Encoder positions of 20 ms in one window: 1500.</param>
/// <param name="AudioState">The encoder's width.</param>
/// <param name="AudioHeads">Attention heads of the encoder.</param>
/// <param name="AudioLayers">Layers of the encoder.</param>
/// <param name="TextContext">Decoder positions, prompt included: 448.</param>
/// <param name="TextState">The decoder's width.</param>
/// <param name="TextHeads">Attention heads of the decoder.</param>
/// <param name="TextLayers">Layers of the decoder.</param>
/// <param name="Mels">Mel bands of the input.</param>
/// <param name="FileType">ggml's number for the type of the matrices.</param>
public sealed record WhisperDimensions(
    int Vocabulary,
    int AudioContext,
    int AudioState,
    int AudioHeads,
    int AudioLayers,
    int TextContext,
    int TextState,
    int TextHeads,
    int TextLayers,
    int Mels,
    int FileType)
{
    /// <summary>The type of the matrices.</summary>
    public GgmlType MatrixType => GgmlTypes.OfFile(FileType) ?? throw new GgmlFormatException($"file type {FileType} is unknown");

    /// <summary>The type of the convolution kernels, which are never quantized.</summary>
    public GgmlType ConvolutionType => MatrixType == GgmlType.F32 ? GgmlType.F32 : GgmlType.F16;
}
