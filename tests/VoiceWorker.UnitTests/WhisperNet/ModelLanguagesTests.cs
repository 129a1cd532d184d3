using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class ModelLanguagesTests
{
    private static readonly WhisperTokens Multilingual = new(51865);
    private static readonly WhisperTokens EnglishOnly = new(51864);

    [Fact]
    public void Resolve_NoneAllowedExplicitly_TakesWhatTheModelKnows() => Assert.Equal("cy", new ModelLanguages(Multilingual, []).Resolve("cy"));

    [Fact]
    public void Resolve_OtherCodeOfTheSameLanguage_IsWhispersCode() => Assert.Equal("jw", new ModelLanguages(Multilingual, ["jv"]).Resolve("jv"));

    [Fact]
    public void Resolve_NoLanguage_LeavesItToDetection() => Assert.Null(new ModelLanguages(Multilingual, ["en", "es"]).Resolve(null));

    [Fact]
    public void Resolve_NoLanguageButOneAllowed_IsThatOne() => Assert.Equal("es", new ModelLanguages(Multilingual, ["es"]).Resolve(null));

    [Fact]
    public void Resolve_NoLanguageAndEnglishOnlyModel_IsEnglish() => Assert.Equal("en", new ModelLanguages(EnglishOnly, []).Resolve(null));

    [Theory]
    [InlineData("fr")]
    [InlineData("xx")]
    [InlineData("")]
    public void Resolve_LanguageNotServed_IsABadJobThatListsTheServed(string language)
    {
        var error = Assert.Throws<EngineException>(() => new ModelLanguages(Multilingual, ["es", "en"]).Resolve(language));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (error.Kind, error.Code));
        Assert.Contains("en, es", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AllowedLanguageUnknownToTheModel_NamesIt()
    {
        var error = Assert.Throws<EngineException>(() => new ModelLanguages(EnglishOnly, ["en", "es"]));

        Assert.Equal(FailureKind.EngineDown, error.Kind);
        Assert.Contains("does not know es ", error.Message, StringComparison.Ordinal);
    }
}
