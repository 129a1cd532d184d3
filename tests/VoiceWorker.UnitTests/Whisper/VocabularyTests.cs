using System.Text;
using VoiceWorker.Whisper.Onnx.Decoding;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class VocabularyTests
{
    private readonly Vocabulary _vocabulary = new([.. new[] { " ", "a", " a", " add", "d", " años", "b" }.Select(Encoding.UTF8.GetBytes), [0xc3], [0xb1]]);

    [Fact]
    public void Encode_SeveralFit_TakesTheLongest() => Assert.Equal([3, 2, 4], _vocabulary.Encode(" add ad"));

    [Fact]
    public void Encode_NotInTheVocabulary_IsLeftOut() => Assert.Equal([1, 6], _vocabulary.Encode("axyb"));

    [Fact]
    public void Decode_CharacterInTwoTokens_IsPutTogether() => Assert.Equal(" añ", _vocabulary.Decode([2, 7, 8]));

    [Fact]
    public void Decode_SpecialTokens_HaveNoText() => Assert.Equal("a", _vocabulary.Decode([50364, 1, 50257]));

    [Fact]
    public void Space_IsItsToken() => Assert.Equal(0, _vocabulary.Space);
}
