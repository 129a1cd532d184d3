using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Whisper.Onnx.Decoding;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class WordBuilderTests
{
    private static readonly string[] Pieces = [" ", " good", "bye", ",", " my", " friend"];

    [Fact]
    public void Build_PiecesOfWords_AreJoinedWithTheirPunctuation()
    {
        var words = Build(Pieces, "en", [1, 2, 3, 4, 5], [0, 0.2, 0.5, 0.6, 0.9, 1.4]);

        Assert.Equal([("goodbye,", 0, 0.6), ("my", 0.6, 0.9), ("friend", 0.9, 1.4)], words.Select(word => (word.Text, word.Start, word.End)));
    }

    [Fact]
    public void Build_Confidence_IsTheMeanProbabilityOfTheTokens()
    {
        var vocabulary = new Vocabulary([.. Pieces.Select(Encoding.UTF8.GetBytes)]);
        Token[] tokens = [new(1, MathF.Log(0.5f), 0), new(2, MathF.Log(0.9f), 0)];

        var word = Assert.Single(new WordBuilder(vocabulary).Build(tokens, [0, 1, 2], "en"));

        Assert.Equal(0.7, word.Confidence, 1e-6);
    }

    [Fact]
    public void Build_ALanguageWithoutSpaces_IsCutBetweenCharacters()
    {
        var world = "界"u8.ToArray();

        var words = Build([" "u8.ToArray(), "世"u8.ToArray(), world[..2], world[2..]], "ja", [1, 2, 3], [0, 0.2, 0.3, 0.5]);

        Assert.Equal([("世", 0, 0.2), ("界", 0.2, 0.5)], words.Select(word => (word.Text, word.Start, word.End)));
    }

    private static IEnumerable<Word> Build(string[] pieces, string language, int[] ids, double[] times) =>
        Build([.. pieces.Select(Encoding.UTF8.GetBytes)], language, ids, times);

    private static IEnumerable<Word> Build(byte[][] pieces, string language, int[] ids, double[] times) =>
        new WordBuilder(new Vocabulary(pieces)).Build([.. ids.Select(id => new Token(id, 0, 0))], times, language);
}
