using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>What a translator sees of a text, and what the producer sees of a translation.</summary>
public sealed class TranslateStageTests : IDisposable
{
    private readonly TestPipeline _pipeline = new();
    private readonly List<string> _seen = [];

    public TranslateStageTests() => _pipeline.Engines.Translation = text =>
    {
        _seen.Add(text);
        return text;
    };

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task SendAsync_DecomposedAccents_AreComposedForAll()
    {
        var reply = await ReplyAsync("el cafe\u0301 es muy caliente, man\u0303ana");

        Assert.Equal(["el café es muy caliente, mañana"], _seen);
        Assert.Equal("el café es muy caliente, mañana", reply.Translation.Source.Text);
    }

    [Fact]
    public async Task SendAsync_DecomposedAnswer_IsComposed()
    {
        _pipeline.Engines.Translation = _ => "man\u0303ana";

        Assert.Equal("mañana", (await ReplyAsync("tomorrow")).Translation.Text);
    }

    [Theory]
    [InlineData("\ufeffla\u00a0ca\u00adsa  es\tgrande", "la casa es grande")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    [InlineData("a\0b", "ab")]
    public async Task SendAsync_WhatReadersDoNotSee_IsNotTranslated(string text, string expected)
    {
        await ReplyAsync(text);

        Assert.Equal([expected], _seen);
    }

    [Theory]
    [InlineData("We are here", " Somos aquí", "Somos aquí")]
    [InlineData("it's John's", " Es John  es ", "Es John es")]
    [InlineData("one\ntwo", "uno \n  dos", "uno\ndos")]
    [InlineData("one", "\n\nuno\n", "uno")]
    [InlineData("\n one\r\n\r\n", "uno", "\nuno\n\n")]
    [InlineData("one", "uno\r\ndos", "uno\ndos")]
    public async Task SendAsync_OddWhiteSpace_IsTidied(string text, string answer, string expected)
    {
        _pipeline.Engines.Translation = _ => answer;

        Assert.Equal(expected, (await ReplyAsync(text)).Translation.Text);
    }

    [Theory]
    [InlineData("👍 ❤️")]
    [InlineData("...")]
    [InlineData("12:30")]
    public async Task SendAsync_NoWords_AreNoWorkForATranslator(string text)
    {
        Assert.Equal(text, (await ReplyAsync(text)).Translation.Text);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task SendAsync_NothingVisible_HasAnEmptyTranslation()
    {
        Assert.Equal("", (await ReplyAsync("\u200b\ufeff")).Translation.Text);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task SendAsync_EmptyTranslation_IsTheEnginesFault()
    {
        _pipeline.Engines.Translation = _ => " \n";

        var delivery = await _pipeline.RunAsync(Job("hello"), new FakeDelivery { HasRetriesLeft = true });

        Assert.Equal(ErrorCode.TranslationFailed, Assert.IsType<Settlement.RetryLater>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    private VoiceJob Job(string text) => _pipeline.TextJob() with { Input = new TextInput(text) };

    private async Task<TranslationReply> ReplyAsync(string text) =>
        Assert.IsType<TranslationReply>(Assert.Single((await _pipeline.RunAsync(Job(text))).Replies));
}
