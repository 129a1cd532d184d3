using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class LanguagePairsTests
{
    private static readonly LanguagePairs Pairs = new(
        [
            new("en", "pt"), new("en", "pt-BR"), new("en", "zh-Hans"), new("en", "zh-Hant"), new("zh-Hans", "en"), new("zh-Hant", "en"), new("en", "nb"),
            new("es", "en_US"), new("auto", "en"), new("ast", "es"), new("spa", "cat_valencia"),
        ]);

    [Theory]
    [InlineData("en", "pt", "en-pt")]
    [InlineData("en", "pt-BR", "en-pt-BR")]
    [InlineData("en-GB", "pt-BR", "en-pt-BR")]
    [InlineData("en", "pt-PT", "en-pt")]
    [InlineData("en", "zh", "en-zh-Hans")]
    [InlineData("en", "zh-Hant-TW", "en-zh-Hant")]
    [InlineData("en", "zh-CN", "en-zh-Hans")]
    [InlineData("zh-Hant", "en", "zh-Hant-en")]
    [InlineData("en", "no", "en-nb")]
    [InlineData("es", "en", "es-en_US")]
    [InlineData("es-419", "en-GB", "es-en_US")]
    [InlineData("auto", "en", "auto-en")]
    [InlineData("ast", "es-419", "ast-es")]
    [InlineData("es", "ca", "spa-cat_valencia")]
    public void TryFind_NearestVariant_IsTaken(string source, string target, string expected)
    {
        Assert.True(Pairs.TryFind(source, target, out var pair));
        Assert.Equal(expected, pair.ToString());
    }

    [Theory]
    [InlineData("en", "fr")]
    [InlineData("fr", "en")]
    [InlineData("xx", "en")]
    public void TryFind_OtherLanguage_IsNot(string source, string target) => Assert.False(Pairs.TryFind(source, target, out _));
}
