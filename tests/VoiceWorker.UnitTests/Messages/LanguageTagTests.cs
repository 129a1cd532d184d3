using VoiceWorker.Contract.Texts;

namespace VoiceWorker.UnitTests.Messages;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("es", "es")]
    [InlineData(" ES ", "es")]
    [InlineData("en-US", "en-US")]
    [InlineData("en_us", "en-US")]
    [InlineData("es-419", "es-419")]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("zh-hans", "zh-Hans")]
    [InlineData("ZH_HANT_tw", "zh-Hant-TW")]
    [InlineData("zh-TW", "zh-Hant-TW")]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("sr-Cyrl-RS", "sr-Cyrl-RS")]
    [InlineData("spa_Latn", "es-Latn")]
    [InlineData("en_US.UTF-8", "en-US")]
    [InlineData("ca_ES@valencia", "ca-ES")]
    [InlineData("ca-valencia", "ca")]
    [InlineData("de-1996", "de")]
    [InlineData("sl-rozaj-biske", "sl")]
    [InlineData("de-DE-u-co-phonebk", "de-DE")]
    [InlineData("en-x-private", "en")]
    public void TryParse_Bcp47_IsWrittenAsItShouldBe(string text, string tag) => Assert.Equal(tag, Parse(text));

    [Theory]
    [InlineData("eng", "en")]
    [InlineData("SPA", "es")]
    [InlineData("ger", "de")]
    [InlineData("deu", "de")]
    [InlineData("chi", "zh")]
    [InlineData("zho", "zh")]
    [InlineData("cmn-Hans-CN", "zh-Hans-CN")]
    [InlineData("zh-cmn-Hans", "zh-Hans")]
    [InlineData("zh-yue", "yue")]
    [InlineData("arb", "ar")]
    [InlineData("iw", "he")]
    [InlineData("in-ID", "id-ID")]
    [InlineData("ji", "yi")]
    [InlineData("jw", "jv")]
    [InlineData("mo", "ro")]
    [InlineData("nb", "no")]
    [InlineData("nb-NO", "no-NO")]
    [InlineData("no", "no")]
    [InlineData("nob", "no")]
    [InlineData("nn", "nn")]
    [InlineData("fil", "tl")]
    [InlineData("haw", "haw")]
    // More languages than a table would hold: the engines know.
    [InlineData("ast", "ast")]
    public void TryParse_OtherCodesOfALanguage_AreItsOwn(string text, string tag) => Assert.Equal(tag, Parse(text));

    [Theory]
    [InlineData("english", "en")]
    [InlineData("Spanish", "es")]
    [InlineData("CASTILIAN", "es")]
    [InlineData("mandarin", "zh")]
    [InlineData("haitian creole", "ht")]
    [InlineData("Norwegian Bokmål", "no")]
    [InlineData("lao", "lo")]
    public void TryParse_EnglishName_IsTheLanguage(string text, string tag) => Assert.Equal(tag, Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("e1")]
    [InlineData("xx")]
    [InlineData("xx-US")]
    [InlineData("klingon")]
    [InlineData("i-klingon")]
    [InlineData("auto")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en--US")]
    [InlineData("en US")]
    [InlineData("en,es")]
    [InlineData("en-US,en;q=0.9")]
    [InlineData("es\n")]
    [InlineData("en-USA")]
    [InlineData("en-\u0660\u0660\u0660")]
    public void TryParse_NoLanguage_IsRefused(string? text) => Assert.False(LanguageTag.TryParse(text?.Replace("\n", "\u0000", StringComparison.Ordinal), out _));

    [Theory]
    [InlineData("en", "en", true)]
    [InlineData("en-US", "en-GB", true)]
    [InlineData("eng", "en", true)]
    [InlineData("en", "es", false)]
    [InlineData(null, "es", false)]
    public void IsSameLanguage_ForgetsTheRegion(string? one, string other, bool same) => Assert.Equal(same, LanguageTag.IsSameLanguage(one, other));

    [Fact]
    public void Languages_EveryCodeAndName_BelongsToOne()
    {
        // A code or a name that two languages claimed would end the table's making with an exception.
        Assert.Equal(("el", "Greek"), (Languages.CodeOf("gre"), Languages.NameOf("el")));
        Assert.Null(Languages.NameOf("gre"));
    }

    private static string? Parse(string text) => LanguageTag.TryParse(text, out var tag) ? tag.ToString() : null;
}
