using System.Buffers.Binary;
using System.Text;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class GgmlFileTests
{
    private static readonly byte[] Good = Write(GgmlFileWriter.Smallest);

    private static readonly int TensorsAt = FindTensors();

    [Fact]
    public void Open_GoodFile_HasEveryTensorOfTheDimensions()
    {
        using var file = GgmlFile.Open(new MemoryStream(Good));

        Assert.Equal(GgmlFileWriter.Smallest, file.Contents.Dimensions);
        Assert.Equal(256, file.Contents.Vocabulary.Count);
        Assert.Equal(80, file.Contents.Filters.Bands);
        Assert.Equal(WhisperTensors.Expected(GgmlFileWriter.Smallest).Keys.Order(), file.Contents.Tensors.Keys.Order());
    }

    [Fact]
    public void Open_DemoModel_IsAccepted()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "../../../../../models/ggml-demo-en-es.bin");
        Assert.SkipUnless(File.Exists(path), "the demo model is not beside the tests");

        var contents = GgmlFile.Verify(path);

        Assert.Equal(GgmlType.Q80, contents.Dimensions.MatrixType);
    }

    [Fact]
    public void Open_TruncatedAnywhere_SaysSo()
    {
        var random = new Random(1);
        var lengths = Enumerable.Range(0, TensorsAt + 200).Where(n => n % 7 == 0).Concat(Enumerable.Range(0, 200).Select(_ => random.Next(Good.Length)));
        foreach (var length in lengths)
        {
            var error = Assert.Throws<GgmlFormatException>(() => GgmlFile.Open(new MemoryStream(Good, 0, length)));
            Assert.Matches("truncated|missing", error.Message);
        }
    }

    [Fact]
    public void Open_RandomBytesFlipped_ThrowsNothingElse()
    {
        var random = new Random(2);
        var broken = (byte[])Good.Clone();
        for (var round = 0; round < 2000; round++)
        {
            Good.AsSpan(0, TensorsAt + 100).CopyTo(broken);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                broken[random.Next(TensorsAt + 100)] = (byte)random.Next(256);
            try
            {
                GgmlFile.Open(new MemoryStream(broken)).Dispose();
            }
            catch (GgmlFormatException)
            {
                // The one exception allowed; everything else fails the test.
            }
        }
    }

    [Theory]
    [InlineData(0, 0x46554747, "GGUF")]
    [InlineData(1, 7, "n_vocab")]
    [InlineData(1, int.MaxValue, "n_vocab")]
    [InlineData(2, 1 << 30, "n_audio_ctx")]
    [InlineData(3, 1 << 20, "n_audio_state")]
    [InlineData(3, 33, "n_audio_state")]
    [InlineData(4, 0, "n_audio_head")]
    [InlineData(4, -2, "n_audio_head")]
    [InlineData(5, 1_000_000, "n_audio_layer")]
    [InlineData(6, -1, "n_text_ctx")]
    [InlineData(7, 64, "n_text_state")]
    [InlineData(8, 3, "n_text_head")]
    [InlineData(9, 0, "n_text_layer")]
    [InlineData(10, 81, "n_mels")]
    [InlineData(11, 5, "ftype")]
    [InlineData(12, 1 << 28, "mel filters")]
    public void Open_WrongHeaderField_NamesIt(int field, int value, string named)
    {
        var broken = (byte[])Good.Clone();
        BinaryPrimitives.WriteInt32LittleEndian(broken.AsSpan(field * 4), value);

        var error = Assert.Throws<GgmlFormatException>(() => GgmlFile.Open(new MemoryStream(broken)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_HeaderThatAsksForGigabytes_AllocatesNothingOfThem()
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            GgmlFileWriter.WriteHeader(writer, GgmlFileWriter.Smallest with { AudioState = 4096, TextState = 4096, AudioLayers = 64, TextLayers = 64 });
            GgmlFileWriter.WriteFilters(writer, 80);
            writer.Write(51865);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<GgmlFormatException>(() => GgmlFile.Open(stream));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Open_TokenLongerThanTheFile_SaysSo() =>
        AssertRefused("token 0", writer =>
        {
            writer.Write(3);
            writer.Write(int.MaxValue);
        });

    [Fact]
    public void Open_VocabularyWithoutSpace_IsRefused() =>
        AssertRefused("single space", writer => GgmlFileWriter.WriteVocabulary(writer, ["a"u8.ToArray()]));

    [Fact]
    public void Open_UnknownTensor_IsNamed() => AssertRefusedTensor("decoder.ln.wait", GgmlType.F32, [32], "decoder.ln.wait");

    [Fact]
    public void Open_TensorOfWrongShape_TellsBothShapes() => AssertRefusedTensor("decoder.ln.weight", GgmlType.F32, [64], "[64]", "[32]");

    [Fact]
    public void Open_TensorOfWrongType_TellsBothTypes() => AssertRefusedTensor("decoder.ln.weight", GgmlType.F16, [32], "f16", "f32");

    [Fact]
    public void Open_TensorTwice_IsRefused()
    {
        var random = new Random(1);
        AssertRefused("twice", writer =>
        {
            GgmlFileWriter.WriteVocabulary(writer, [" "u8.ToArray()]);
            GgmlFileWriter.WriteTensor(writer, "decoder.ln.weight", GgmlType.F32, [32], random);
            GgmlFileWriter.WriteTensor(writer, "decoder.ln.weight", GgmlType.F32, [32], random);
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(2007)]
    [InlineData(8)]
    [InlineData(9)]
    public void ReadTensor_QuantizedFile_GivesFiniteValues(int fileType)
    {
        using var file = GgmlFile.Open(new MemoryStream(Write(GgmlFileWriter.Smallest with { FileType = fileType })));

        var values = new float[51865 * 32];
        file.ReadTensor("decoder.token_embedding.weight", values);
        Assert.DoesNotContain(values, value => value is not (> -1 and < 1));
        Assert.NotEqual(0, values[^1]);
    }

    private static void AssertRefusedTensor(string name, GgmlType type, int[] shape, params string[] told) =>
        AssertRefused(told[0], writer =>
        {
            GgmlFileWriter.WriteVocabulary(writer, [" "u8.ToArray()]);
            GgmlFileWriter.WriteTensor(writer, name, type, shape, new Random(1));
        }, told);

    private static void AssertRefused(string told, Action<BinaryWriter> writeRest, params string[] alsoTold)
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            GgmlFileWriter.WriteHeader(writer, GgmlFileWriter.Smallest);
            GgmlFileWriter.WriteFilters(writer, 80);
            writeRest(writer);
        }

        stream.Position = 0;
        var error = Assert.Throws<GgmlFormatException>(() => GgmlFile.Open(stream));
        Assert.All([told, .. alsoTold], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static byte[] Write(WhisperDimensions dimensions)
    {
        var stream = new MemoryStream();
        GgmlFileWriter.Write(stream, dimensions);
        return stream.ToArray();
    }

    private static int FindTensors()
    {
        using var file = GgmlFile.Open(new MemoryStream(Good));
        return (int)file.Contents.Tensors.Values.Min(tensor => tensor.Offset);
    }
}
