using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("short", 10, "short|")]
    [InlineData("One two. Three four.", 12, "One two.| /Three four.|")]
    [InlineData("One.\nTwo three four", 12, "One.|\n/Two three| /four|")]
    [InlineData("Pi is 3.14159 they say", 12, "Pi is| /3.14159| /they say|")]
    [InlineData("abcdefghij", 4, "abcd|/efgh|/ij|")]
    [InlineData("  lead and tail  ", 50, "|  /lead and tail|  ")]
    [InlineData("你好。你好。", 5, "你好。|/你好。|")]
    [InlineData("", 5, "")]
    [InlineData("   ", 5, "|   ")]
    public void Cut_Text_BreaksWhereItHurtsLeast(string text, int maxLength, string expected) =>
        Assert.Equal(expected, string.Join("/", TextPieces.Cut(text, maxLength).Select(piece => $"{piece.Words}|{piece.Gap}")));

    [Fact]
    public void Cut_AstralCharacters_NeverBreaksInsideOne()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 50));

        Assert.All(TextPieces.Cut(text, 7), piece => Assert.False(char.IsLowSurrogate(piece.Words[0]) || char.IsHighSurrogate(piece.Words[^1])));
    }

    [Fact]
    public void Cut_RandomText_LosesNothingAndKeepsTheLimit()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => "ab.? \n\t,。é"[random.Next(10)])]);
            var limit = random.Next(2, 40);
            var pieces = TextPieces.Cut(text, limit).ToArray();

            Assert.Equal(text, string.Concat(pieces.Select(p => p.Words + p.Gap)));
            Assert.All(pieces, piece => Assert.True(piece.Words.Length <= limit && piece.Words == piece.Words.Trim()));
        }
    }
}
