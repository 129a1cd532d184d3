using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Features;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>Encoder and decoder on ONNX Runtime.</summary>
internal sealed class WhisperNetwork(GgmlFile file, WhisperPrecision precision, int maxTexts, int maxRows, int threads) : IWhisperNetwork
{
    private readonly Encoder _encoder = new(file, precision == WhisperPrecision.EightBit ? WeightFormat.Int8 : WeightFormat.Single, maxTexts, threads);
    private readonly Decoder _decoder = new(file, precision == WhisperPrecision.EightBit ? WeightFormat.Block8 : WeightFormat.Single, maxRows, threads);

    /// <inheritdoc/>
    public int MaxRows => maxRows;

    /// <inheritdoc/>
    public int Vocabulary { get; } = file.Contents.Dimensions.Vocabulary;

    /// <inheritdoc/>
    public IWindowEncoding Encode(LogMelSpectrogram mel, int start, int positions, bool inSmallPieces) => _encoder.Encode(mel, start, positions, inSmallPieces);

    /// <inheritdoc/>
    public SelfAttentionCache CreateText() => _decoder.CreateText();

    /// <inheritdoc/>
    public Span<float> Step(IReadOnlyList<DecoderRow> rows) => _decoder.Step(rows);

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
