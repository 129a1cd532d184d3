using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.LibreTranslate;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class WordLimitTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("two words", 2)]
    [InlineData("Wait... what? Yes, 3.5!", 12)]
    [InlineData("a.b.c.", 6)]
    [InlineData("你好，世界。", 4)]
    [InlineData("मुझे पानी चाहिए", 3)]
    public void Of_Text_CountsWordsAndMarks(string text, int expected) => Assert.Equal(expected, WordCount.Of(text));

    [Fact]
    public async Task TranslateAsync_TooManyWords_AreRefusedBeforeTheEngineIsAsked()
    {
        var server = new FakeServer("{}");
        using var services = TestServices.Translation(server, LibreTranslateTranslator.ClientName, null, ("Translation:Engine", "libretranslate"));

        var e = await Assert.ThrowsAsync<EngineException>(
            async () => await services.Translator().TranslateAsync(string.Concat(Enumerable.Repeat("a.", 32_768)), "en", "es", TestContext.Current.CancellationToken));

        Assert.Equal((FailureKind.BadJob, ErrorCode.InputTooLarge), (e.Kind, e.Code));
        Assert.Equal("The text has 65536 words and punctuation marks; 20000 is the limit. Send it in parts.", e.Message);
        Assert.Empty(server.Asked);
    }
}
