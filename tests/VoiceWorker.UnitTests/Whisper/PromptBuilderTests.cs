using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class PromptBuilderTests
{
    private readonly WhisperTokens _tokens = new(51865);

    [Fact]
    public void Build_NothingBefore_IsStartLanguageAndTask() =>
        Assert.Equal([50258, 50262, 50359], Builder().Build("es", 0));

    [Fact]
    public void Build_EnglishOnlyModel_IsTheStart() =>
        Assert.Equal([50257], new PromptBuilder(new WhisperTokens(51864), 448, []).Build("en", 0));

    [Fact]
    public void Build_InitialPrompt_StandsBeforeTheStart() =>
        Assert.Equal([_tokens.Previous, 5, 6, 50258, 50259, 50359], Builder(5, 6).Build("en", 0));

    [Fact]
    public void Build_LongPast_IsItsLastTokensWithinHalfTheContext()
    {
        var builder = Builder();
        builder.Add(Enumerable.Range(0, 1000).Select(id => new Token(id, 0, 0)), temperature: 0);

        var prompt = builder.Build("en", 0);

        Assert.Equal((224 + 3, 999), (prompt.Count, prompt[^4]));
    }

    [Fact]
    public void Build_HighTemperature_LeavesThePastOut() => Assert.Equal(3, Builder(5, 6).Build("en", 0.6f).Count);

    [Fact]
    public void Add_DoubtfulText_ForgetsWhatWasBefore()
    {
        var builder = Builder(5, 6);

        builder.Add([new Token(9, 0, 0)], temperature: 0.8f);

        Assert.Equal([_tokens.Previous, 9, 50258, 50259, 50359], builder.Build("en", 0));
    }

    [Fact]
    public void BeginWindow_ShortLastOne_ForgetsThePast()
    {
        var builder = Builder(5, 6);

        builder.BeginWindow(isFirst: false, frames: 400);

        Assert.Equal(3, builder.Build("en", 0).Count);
    }

    [Fact]
    public void BeginWindow_FirstOne_KeepsThePrompt()
    {
        var builder = Builder(5, 6);

        builder.BeginWindow(isFirst: true, frames: 400);

        Assert.Equal(6, builder.Build("en", 0).Count);
    }

    private PromptBuilder Builder(params int[] initial) => new(_tokens, 448, initial);
}
