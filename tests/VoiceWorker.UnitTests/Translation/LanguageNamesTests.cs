using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class LanguageNamesTests
{
    [Theory]
    [InlineData("en", "English")]
    [InlineData("ES", "Spanish")]
    [InlineData("nb", "Norwegian")]
    [InlineData("pt-BR", "Portuguese (pt-BR)")]
    [InlineData("gd", "Scottish Gaelic")]
    [InlineData("xx", "the language with the code xx")]
    public void Of_Code_IsTheEnglishName(string code, string name) => Assert.Equal(name, LanguageNames.Of(code));

    [Theory]
    [InlineData("english", "en")]
    [InlineData("Haitian Creole", "ht")]
    [InlineData("es", "es")]
    [InlineData("zu", "zu")]
    [InlineData("Klingon", null)]
    [InlineData(null, null)]
    public void CodeOf_NameOrCode_IsTheCode(string? name, string? code) => Assert.Equal(code, LanguageNames.CodeOf(name));
}
