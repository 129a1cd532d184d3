using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class LanguageChoiceTests
{
    private static readonly WhisperTokens Multilingual = new(51865);
    private static readonly WhisperTokens EnglishOnly = new(51864);

    [Fact]
    public void Check_NoneAllowedExplicitly_TakesWhatTheModelKnows() => Assert.Equal("cy", new LanguageChoice(Multilingual, []).Check("cy"));

    [Fact]
    public void Check_OtherCodeOfTheSameLanguage_IsWhispersCode() => Assert.Equal("jw", new LanguageChoice(Multilingual, ["jv"]).Check("jv"));

    [Fact]
    public void Check_NoLanguage_LeavesItToDetection() => Assert.Null(new LanguageChoice(Multilingual, ["en", "es"]).Check(null));

    [Fact]
    public void Only_SeveralAllowed_IsNone() => Assert.Null(new LanguageChoice(Multilingual, ["en", "es"]).Only);

    [Fact]
    public void Only_OneAllowed_IsThatOne() => Assert.Equal("es", new LanguageChoice(Multilingual, ["es"]).Only);

    [Fact]
    public void Only_EnglishOnlyModel_IsEnglish() => Assert.Equal("en", new LanguageChoice(EnglishOnly, []).Only);

    [Theory]
    [InlineData("fr")]
    [InlineData("xx")]
    [InlineData("")]
    public void Check_LanguageNotServed_IsABadJobThatListsTheServed(string language)
    {
        var error = Assert.Throws<EngineException>(() => new LanguageChoice(Multilingual, ["en", "es"]).Check(language));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (error.Kind, error.Code));
        Assert.Contains("en, es", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AllowedLanguageUnknownToTheModel_NamesIt()
    {
        var error = Assert.Throws<EngineException>(() => new LanguageChoice(EnglishOnly, ["en", "es"]));

        Assert.Equal(FailureKind.EngineDown, error.Kind);
        Assert.Contains("does not know: es;", error.Message, StringComparison.Ordinal);
    }
}
