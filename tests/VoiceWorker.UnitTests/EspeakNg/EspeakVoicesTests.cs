using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.UnitTests.EspeakNg;

public sealed class EspeakVoicesTests
{
    /// <summary>Lines as espeak-ng 1.51 prints them.</summary>
    internal const string Voices = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  chr-US-Qaaa-x-west --/M      Cherokee_          iro/chr
         5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
         2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
         2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
         5  es              --/M      Spanish_(Spain)    roa/es
         5  es-419          --/M      Spanish_(Latin_America) roa/es-419           (es-mx 6)
        """;

    internal const string Variants = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  variant         --/F      Annie              !v/Annie
         5  variant         --/M      Mr_Serious         !v/Mr serious
         5  variant         --/F      female3            !v/f3
         5  variant         --/M      Storm              !v/Storm             (en-us 5)
        """;

    private readonly EspeakVoices _voices = EspeakVoices.Parse(Voices, Variants);

    [Fact]
    public void Parse_Table_FindsEveryVoice() =>
        Assert.Equal(["chr-US-Qaaa-x-west", "cmn", "en-gb", "en-us", "es", "es-419"], _voices.Names);

    [Fact]
    public void Parse_OtherLanguages_BelongToTheVoice() => Assert.Equal(["cmn", "zh"], _voices.Find("cmn")!.Languages);

    [Theory]
    [InlineData("f3", "f3")]
    [InlineData("annie", "Annie")]
    [InlineData("STORM", "Storm")]
    [InlineData("nobody", null)]
    [InlineData("Mr serious", null)]
    public void FindVariant_AnySpelling_IsEspeaksOwn(string name, string? expected) => Assert.Equal(expected, _voices.FindVariant(name));

    [Fact]
    public void Parse_Garbage_GivesNothing() => Assert.Equal(0, EspeakVoices.Parse("error: no data\n5\n", "").Count);
}
