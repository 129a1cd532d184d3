using System.Text;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>
/// Writes whisper model files with random weights of any dimensions and matrix type: small ones to break on purpose,
/// big ones (tiny, base) to measure speed with.
/// </summary>
internal static class GgmlFileWriter
{
    /// <summary>The smallest dimensions that pass the checks.</summary>
    public static readonly WhisperDimensions Smallest = new(51865, 1500, 32, 2, 1, 64, 32, 2, 1, 80, 0);

    /// <summary>The dimensions of OpenAI's tiny model, in f16.</summary>
    public static readonly WhisperDimensions Tiny = new(51865, 1500, 384, 6, 4, 448, 384, 6, 4, 80, 1);

    /// <summary>The dimensions of OpenAI's base model, in f16.</summary>
    public static readonly WhisperDimensions Base = new(51865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 1);

    /// <summary>Writes a whole file.</summary>
    public static void Write(Stream stream, WhisperDimensions dimensions, int seed = 1)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        WriteHeader(writer, dimensions);
        WriteFilters(writer, dimensions.Mels);
        WriteVocabulary(writer, [.. Enumerable.Range(0, 256).Select(value => new[] { (byte)value })]);
        var random = new Random(seed);
        foreach (var (name, (type, shape)) in WhisperTensors.Expected(dimensions))
            WriteTensor(writer, name, type, shape, random);
    }

    public static void WriteHeader(BinaryWriter writer, WhisperDimensions d)
    {
        writer.Write(GgmlParser.Magic);
        foreach (var field in new[] { d.Vocabulary, d.AudioContext, d.AudioState, d.AudioHeads, d.AudioLayers, d.TextContext, d.TextState, d.TextHeads, d.TextLayers, d.Mels, d.FileType })
            writer.Write(field);
    }

    public static void WriteFilters(BinaryWriter writer, int bands)
    {
        const int Bins = 201;
        writer.Write(bands);
        writer.Write(Bins);
        for (var band = 0; band < bands; band++)
        {
            for (var bin = 0; bin < Bins; bin++)
                writer.Write(bin * bands / Bins == band ? 0.01f : 0f);
        }
    }

    public static void WriteVocabulary(BinaryWriter writer, byte[][] tokens)
    {
        writer.Write(tokens.Length);
        foreach (var token in tokens)
        {
            writer.Write(token.Length);
            writer.Write(token);
        }
    }

    public static void WriteTensor(BinaryWriter writer, string name, GgmlType type, int[] shape, Random random)
    {
        writer.Write(shape.Length);
        writer.Write(Encoding.UTF8.GetByteCount(name));
        writer.Write((int)type);
        foreach (var dimension in shape.Reverse())
            writer.Write(dimension);
        writer.Write(Encoding.UTF8.GetBytes(name));

        // A norm's weights lie around 1, so that random layers neither die out nor explode.
        var mean = name.Contains("ln", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f;
        var spread = 1f / MathF.Sqrt(shape[^1] * (shape.Length == 3 ? shape[1] : 1));
        var (values, bytes) = type.Block();
        var block = new byte[bytes];
        for (var i = 0; i < shape.Aggregate(1, (product, n) => product * n); i += values)
        {
            FillBlock(block, type, mean, spread, random);
            writer.Write(block);
        }
    }

    private static void FillBlock(byte[] block, GgmlType type, float mean, float spread, Random random)
    {
        random.NextBytes(block);
        var value = mean + ((random.NextSingle() - 0.5f) * spread);
        switch (type)
        {
            case GgmlType.F32:
                BitConverter.TryWriteBytes(block, value);
                break;
            case GgmlType.F16:
                BitConverter.TryWriteBytes(block, (Half)value);
                break;
            default:
                BitConverter.TryWriteBytes(block, (Half)(spread / 128));
                if (type is GgmlType.Q41 or GgmlType.Q51)
                    BitConverter.TryWriteBytes(block.AsSpan(2), (Half)(-spread / 16));
                break;
        }
    }
}
