using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class WhisperTokensTests
{
    [Theory]
    [InlineData(51864, 50256, 50257, 50361, 50362, 50363, 0)]
    [InlineData(51865, 50257, 50258, 50362, 50363, 50364, 99)]
    [InlineData(51866, 50257, 50258, 50363, 50364, 50365, 100)]
    public void Ids_EveryVocabulary_AreOpenAis(int vocabulary, int eot, int sot, int noSpeech, int noTimestamps, int firstTimestamp, int languages)
    {
        var tokens = new WhisperTokens(vocabulary);

        Assert.Equal(
            (eot, sot, noSpeech, noTimestamps, firstTimestamp, languages),
            (tokens.EndOfText, tokens.StartOfTranscript, tokens.NoSpeech, tokens.NoTimestamps, tokens.FirstTimestamp, tokens.Languages));
    }

    [Fact]
    public void Ids_Multilingual_TaskTokensFollowTheLanguages()
    {
        var tokens = new WhisperTokens(51865);

        Assert.Equal((50262, 50358, 50359, 50361), (tokens.Language(WhisperLanguages.IndexOf("es")), tokens.Translate, tokens.Transcribe, tokens.Previous));
    }

    [Theory]
    [InlineData("en", 0)]
    [InlineData("ES", 3)]
    [InlineData("jv", 97)]
    [InlineData("yue", 99)]
    [InlineData("xx", -1)]
    public void IndexOf_Code_IsItsPlace(string code, int index) => Assert.Equal(index, WhisperLanguages.IndexOf(code));
}
