using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class SegmentBuilderTests
{
    private const int First = 50364;
    private readonly SegmentBuilder _builder = new(new WhisperTokens(51865), new Vocabulary([" "u8.ToArray(), " hello"u8.ToArray(), " world"u8.ToArray()]));

    [Fact]
    public void Build_TwoTimestampedParts_AreTwoSegments()
    {
        var segments = Build(start: 1000, advance: 300, length: 9000, First, 1, First + 50, First + 75, 2, First + 150);

        Assert.Equal([(10.0, 11.0, " hello"), (11.5, 13.0, " world")], segments);
    }

    [Fact]
    public void Build_TextWithoutAnEnd_EndsWithTheWindow() =>
        Assert.Equal([(0.0, 30.0, " hello")], Build(start: 0, advance: 3000, length: 9000, First, 1));

    [Fact]
    public void Build_EndBehindTheRecording_IsTheRecordingsEnd() =>
        Assert.Equal([(0.0, 2.5, " hello")], Build(start: 0, advance: 300, length: 250, First, 1, First + 150));

    [Fact]
    public void Build_NoText_IsNoSegment() => Assert.Empty(Build(start: 0, advance: 300, length: 9000, First, First + 150));

    [Fact]
    public void Build_Confidence_IsTheMeanProbabilityOfTheText()
    {
        Token[] tokens = [new(First, MathF.Log(0.1f), First), new(1, MathF.Log(0.5f), First), new(2, MathF.Log(0.9f), First), new(First + 50, MathF.Log(0.1f), First + 50)];

        var segment = Assert.Single(_builder.Build(tokens, 0, 100, 9000, "en"));

        Assert.Equal(0.7, segment.Confidence!.Value, 1e-6);
    }

    [Fact]
    public void Build_PositionsOfTokens_GiveEachSegmentItsWords()
    {
        int[] ids = [First, 1, 2, First + 50, First + 75, 1, First + 150];

        // The first word seems to begin before its segment of 10 to 11 s, the last one to end behind the recording.
        var segments = _builder.Build([.. ids.Select(id => new Token(id, 0, Math.Max(id, First)))], 1000, 300, 1290, "en", [-5, 25, 80, 160]).ToList();

        Assert.Equal([("hello", 10, 10.5), ("world", 10.5, 11)], segments[0].Words!.Select(word => (word.Text, word.Start, word.End)));
        Assert.Equal([("hello", 11.6, 12.9)], segments[1].Words!.Select(word => (word.Text, Math.Round(word.Start, 3), Math.Round(word.End, 3))));
    }

    private IEnumerable<(double Start, double End, string Text)> Build(int start, int advance, int length, params int[] ids) =>
        _builder.Build([.. ids.Select(id => new Token(id, 0, Math.Max(id, First)))], start, advance, length, "en").Select(s => (Math.Round(s.Start, 3), Math.Round(s.End, 3), s.Text));
}
