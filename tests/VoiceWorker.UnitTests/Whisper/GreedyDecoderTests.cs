using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Texts dictated token by token: the logits favour one token in each step.</summary>
public sealed class GreedyDecoderTests
{
    private const int Hello = 100;
    private const int World = 101;
    private readonly WhisperTokens _tokens = new(51865);

    private int Eot => _tokens.EndOfText;

    [Fact]
    public void Next_TimestampedTextAndEnd_KeepsAllOfIt()
    {
        var result = Dictate(Request(end: 9000), At(0), Hello, World, At(2), Eot);

        Assert.Equal([At(0), Hello, World, At(2)], Ids(result));
        Assert.Equal((200, false), (result.Advance, result.Failed));
        Assert.InRange(result.MeanLogProbability, -0.01, 0);
    }

    [Fact]
    public void Next_TextBehindTheLastTimestamp_IsLeftToTheNextWindow()
    {
        var result = Dictate(Request(end: 9000), At(0), Hello, At(2), At(2), World, Eot);

        Assert.Equal([At(0), Hello, At(2), At(2)], Ids(result));
    }

    [Fact]
    public void Next_TimestampAtTheEndOfTheRecording_IsTheLastToken()
    {
        var result = Dictate(Request(end: 205), At(0), Hello, At(2));

        Assert.Equal([At(0), Hello, At(2)], Ids(result));
    }

    [Fact]
    public void Next_NoTimestampInTheLastWindow_KeepsTheText()
    {
        var result = Dictate(Request(end: 300), At(0), Hello, Eot);

        Assert.Equal([At(0), Hello, Eot], Ids(result));
        Assert.Equal((GreedyDecoder.WholeWindow, false), (result.Advance, result.Failed));
    }

    [Fact]
    public void Next_NoTimestampBeforeTheLastWindow_Fails() =>
        Assert.True(Dictate(Request(end: 9000), At(0), Hello, Eot).Failed);

    [Fact]
    public void Next_NeverEnding_FailsAfterTheBudget()
    {
        var result = Dictate(Request(end: 9000) with { MaxTokens = 5 }, At(0), Hello, Hello, Hello, Hello);

        Assert.Equal((5, true), (result.Tokens.Count, result.Failed));
    }

    [Fact]
    public void Next_BudgetUsedUpBehindTheMiddleOfTheWindow_IsNotAFailure() =>
        Assert.False(Dictate(Request(end: 9000) with { MaxTokens = 5 }, At(0), Hello, At(16), At(16), Hello).Failed);

    [Fact]
    public void Observe_StartOfTranscript_GivesTheProbabilityOfNoSpeech()
    {
        var writer = Writer(Request(end: 9000) with { Prompt = [_tokens.Previous, Hello, _tokens.StartOfTranscript, _tokens.Transcribe] });
        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(writer.Observes));

        writer.Observe(Favour(_tokens.NoSpeech));

        Assert.Equal(1, writer.Result.NoSpeechProbability, 1e-3);
    }

    private int At(double seconds) => _tokens.FirstTimestamp + (int)Math.Round(seconds * 50);

    private WindowRequest Request(int end) => new([_tokens.StartOfTranscript], Start: 0, end, Temperature: 0, MaxTokens: 220);

    private GreedyDecoder Writer(WindowRequest request) => new(new LogitRules(_tokens, space: 7), new TokenSampler(_tokens, new Random(1)), _tokens, request);

    private WindowResult Dictate(WindowRequest request, params int[] script)
    {
        var writer = Writer(request);
        for (var i = 0; i < script.Length; i++)
        {
            var next = writer.Next(Favour(script[i]));
            Assert.Equal(i == script.Length - 1 ? [] : [new Branch(0, script[i])], next);
        }

        return writer.Result;
    }

    private float[] Favour(int token)
    {
        var logits = new float[_tokens.Count];
        logits[token] = 30;
        return logits;
    }

    private static IEnumerable<int> Ids(WindowResult result) => result.Tokens.Select(token => token.Id);
}
