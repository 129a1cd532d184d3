using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.UnitTests.EspeakNg;

public sealed class VoiceSelectorTests
{
    private readonly VoiceSelector _selector = new(
        new EspeakNgOptions { SenderVoices = { ["alice"] = "+f3", ["bob"] = "en-gb+Annie" } },
        EspeakVoices.Parse(EspeakVoicesTests.Voices, EspeakVoicesTests.Variants));

    [Theory]
    [InlineData("en", null, null, "en-us")]
    [InlineData("EN", null, null, "en-us")]
    [InlineData("es", null, null, "es")]
    [InlineData("es", "", "nobody", "es")]
    [InlineData("zh", null, null, "cmn")]
    [InlineData("es", null, "alice", "es+f3")]
    [InlineData("en", null, "bob", "en-gb+Annie")]
    [InlineData("es", null, "bob", "es+Annie")]
    [InlineData("en", "en-gb", "alice", "en-gb")]
    [InlineData("es", "es-419+F3", "bob", "es-419+f3")]
    [InlineData("zh", "cmn", null, "cmn")]
    [InlineData("es", "en-gb", null, "es")]
    [InlineData("es-419", null, null, "es-419")]
    [InlineData("es-MX", null, null, "es")]
    [InlineData("en-GB", null, null, "en-gb")]
    [InlineData("en-NZ", null, null, "en-us")]
    [InlineData("zh-Hant-TW", null, null, "cmn")]
    [InlineData("es-MX", "es-419", null, "es-419")]
    public void Select_JobThenSenderThenLanguage_Decides(string language, string? voice, string? sender, string expected) =>
        Assert.Equal(expected, _selector.Select(language, voice, sender));

    [Theory]
    [InlineData("xx")]
    [InlineData("en-us+nobody")]
    [InlineData("en us")]
    [InlineData("-w")]
    [InlineData("../x")]
    [InlineData("en-us\n")]
    [InlineData("en-us+f3+f3")]
    [InlineData("+")]
    public void Select_UnknownVoice_IsABadJob(string voice)
    {
        var failure = Assert.Throws<EngineException>(() => _selector.Select("en", voice, null));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedOption), (failure.Kind, failure.Code));
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void MissingVoices_OfTheConfiguration_AreNamed()
    {
        var options = new EspeakNgOptions { SenderVoices = { ["alice"] = "+nobody", ["bob"] = "+f3" } };
        options.LanguageVoices["en"] = "en-xx";
        var selector = new VoiceSelector(options, EspeakVoices.Parse(EspeakVoicesTests.Voices, EspeakVoicesTests.Variants));

        Assert.Equal(["en-xx", "fr-fr", "nb", "pt-br", "+nobody"], selector.MissingVoices());
    }

    [Fact]
    public void Select_ConfiguredVoiceIsMissing_IsPassedOver()
    {
        var options = new EspeakNgOptions { SenderVoices = { ["alice"] = "robot" } };
        options.LanguageVoices["es"] = "es-xx";
        var selector = new VoiceSelector(options, EspeakVoices.Parse(EspeakVoicesTests.Voices, EspeakVoicesTests.Variants));

        Assert.Equal(("en-us", "es"), (selector.Select("en", null, "alice"), selector.Select("es", null, null)));
    }

    [Fact]
    public void Select_UnknownLanguage_ListsWhatThereIs()
    {
        var failure = Assert.Throws<EngineException>(() => _selector.Select("tlh", null, null));

        Assert.Equal(ErrorCode.UnsupportedLanguage, failure.Code);
        Assert.EndsWith("it has chr-US-Qaaa-x-west, cmn, en-gb, en-us, es, es-419.", failure.Message, StringComparison.Ordinal);
    }
}
