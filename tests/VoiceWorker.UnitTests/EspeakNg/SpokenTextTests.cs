using System.Text;
using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.UnitTests.EspeakNg;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("¿Dónde está?", "¿Dónde está?")]
    [InlineData("a\0b\nc\u001bd\u0085e", "a b c d e")]
    [InlineData("[[w'3:ld]]", "[ [w'3:ld]]")]
    [InlineData("[[[x", "[ [ [x")]
    [InlineData("[a] [b]", "[a] [b]")]
    [InlineData("👋", "👋")]
    public void Encode_AnyText_IsPlainUtf8(string text, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(SpokenText.Encode(text)));

    [Fact]
    public void Encode_LoneSurrogate_BecomesTheReplacementCharacter() =>
        Assert.Equal("x\ufffdy", Encoding.UTF8.GetString(SpokenText.Encode("x\ud800y")));
}
