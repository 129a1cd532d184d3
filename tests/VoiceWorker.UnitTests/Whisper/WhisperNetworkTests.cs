using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>The graphs, the attention and the caches against <see cref="NaiveWhisper"/>, on a small model of random weights.</summary>
public sealed class WhisperNetworkTests : IDisposable
{
    private const int Positions = 40;
    private const int Vocabulary = 51865;
    private static readonly WhisperDimensions Dimensions = new(Vocabulary, 1500, 64, 2, 2, 64, 64, 2, 2, 80, 0);
    private static readonly byte[] Model = WriteModel();
    private readonly GgmlFile _file = GgmlFile.Open(new MemoryStream(Model));
    private readonly LogMelSpectrogram _mel = RandomMel();

    public WhisperNetworkTests() => OnnxEnvironment.EnsureCreated(threads: 2);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Step_PromptAndTokens_GivesTheLogitsOfTheDefinition()
    {
        int[] tokens = [50258, 50259, 50359, 7, 8];
        using var network = new WhisperNetwork(_file, WhisperPrecision.Full, maxTexts: 2, maxRows: 8, threads: 1);
        using var audio = Encode(network, _mel, Positions);
        using var text = network.CreateText();

        var prompt = network.Step([.. tokens[..3].Select((token, i) => new DecoderRow(audio, text, token, WantsLogits: i != 1))]).ToArray();
        var fourth = network.Step([new(audio, text, 7, WantsLogits: true)]).ToArray();
        var fifth = network.Step([new(audio, text, 8, WantsLogits: true)]).ToArray();

        var expected = Naive(tokens);
        AssertClose(expected[0], prompt.AsSpan(0, Vocabulary));
        AssertClose(expected[2], prompt.AsSpan(Vocabulary));
        AssertClose(expected[3], fourth);
        AssertClose(expected[4], fifth);
    }

    [Fact]
    public void Step_TwoTextsOfDifferentLength_DoNotDisturbEachOther()
    {
        using var network = new WhisperNetwork(_file, WhisperPrecision.Full, maxTexts: 2, maxRows: 8, threads: 2);
        using var audio = Encode(network, _mel, Positions);
        using var first = network.CreateText();
        using var second = network.CreateText();
        network.Step([new(audio, first, 50258, WantsLogits: false), new(audio, first, 5, WantsLogits: false), new(audio, second, 50258, WantsLogits: false)]);

        var logits = network.Step([new(audio, first, 6, WantsLogits: true), new(audio, second, 9, WantsLogits: true)]).ToArray();

        AssertClose(Naive([50258, 5, 6])[2], logits.AsSpan(0, Vocabulary));
        AssertClose(Naive([50258, 9])[1], logits.AsSpan(Vocabulary));
    }

    [Fact]
    public void Step_EightBit_IsClose()
    {
        using var network = new WhisperNetwork(_file, WhisperPrecision.EightBit, maxTexts: 1, maxRows: 4, threads: 1);
        using var audio = Encode(network, _mel, Positions);
        using var text = network.CreateText();

        var logits = network.Step([new(audio, text, 50258, WantsLogits: true)]).ToArray();

        AssertClose(Naive([50258])[0], logits, tolerance: 0.1);
    }

    [Fact]
    public void Encode_WindowsInTurn_AreThoseOfTheDefinition()
    {
        // Two are under way; the longer one takes several pieces a layer.
        const int Longer = 300;
        using var network = new WhisperNetwork(_file, WhisperPrecision.Full, maxTexts: 2, maxRows: 4, threads: 2);
        using IWindowEncoding first = network.Encode(_mel, 0, Longer, inSmallPieces: true), second = network.Encode(_mel, 0, Positions, inSmallPieces: false);
        CrossAttentionCache? longer = null, shorter = null;
        while (longer is null)
        {
            longer = first.Advance();
            shorter ??= second.Advance();
        }

        using var text = network.CreateText();
        using var otherText = network.CreateText();
        var logits = network.Step([new(longer, text, 50258, WantsLogits: true), new(shorter!, otherText, 50258, WantsLogits: true)]).ToArray();

        AssertClose(Naive([50258], Longer)[0], logits.AsSpan(0, Vocabulary));
        AssertClose(Naive([50258])[0], logits.AsSpan(Vocabulary));
        longer.Dispose();
        shorter!.Dispose();
    }

    [Fact]
    public void Step_TracedRows_GiveTheAttentionOfTheUpperLayersToEveryPosition()
    {
        using var network = new WhisperNetwork(_file, WhisperPrecision.Full, maxTexts: 1, maxRows: 4, threads: 2);
        using var audio = Encode(network, _mel, Positions);
        using var text = network.CreateText();
        var trace = new AttentionTrace(Dimensions.TextLayers, Dimensions.TextHeads, tokens: 3);

        network.Step([new(audio, text, 50258, WantsLogits: false, trace), new(audio, text, 5, WantsLogits: false, trace)]);
        network.Step([new(audio, text, 6, WantsLogits: true, trace)]);

        // Two layers of two heads: the upper one is traced.
        Assert.Equal(2, trace.Heads);
        for (var head = 0; head < trace.Heads; head++)
        {
            for (var token = 0; token < 3; token++)
            {
                Assert.Equal(Positions, trace[head, token].Length);
                Assert.Equal(1, trace[head, token].ToArray().Sum(), 1e-4);
            }
        }

        Assert.NotEqual(trace[0, 0].ToArray(), trace[1, 0].ToArray());
        Assert.NotEqual(trace[0, 0].ToArray(), trace[0, 2].ToArray());
    }

    private static CrossAttentionCache Encode(WhisperNetwork network, LogMelSpectrogram mel, int positions)
    {
        using var encoding = network.Encode(mel, 0, positions, inSmallPieces: false);
        CrossAttentionCache? audio;
        while ((audio = encoding.Advance()) is null)
        {
        }

        return audio;
    }

    private double[][] Naive(int[] tokens, int positions = Positions)
    {
        var naive = new NaiveWhisper(_file);
        var window = new float[80 * 2 * positions];
        _mel.CopyWindow(0, window, 2 * positions);
        var mel = Enumerable.Range(0, 2 * positions).Select(t => Enumerable.Range(0, 80).Select(band => (double)window[(band * 2 * positions) + t]).ToArray()).ToArray();
        return naive.Decode(tokens, naive.Encode(mel));
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance = 0.01)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) < tolerance, $"token {i}: {actual[i]}, not {expected[i]}");
        Assert.True(expected.Max() - expected.Min() > 10 * tolerance, "the test's logits are all alike");
    }

    private static byte[] WriteModel()
    {
        var stream = new MemoryStream();
        GgmlFileWriter.Write(stream, Dimensions, seed: 3);
        return stream.ToArray();
    }

    private static LogMelSpectrogram RandomMel()
    {
        var random = new Random(8);
        return new([.. Enumerable.Range(0, 80 * 2 * Positions).Select(_ => (random.NextSingle() * 2) - 1)], 80, 2 * Positions, silence: -1, 2 * Positions);
    }
}
