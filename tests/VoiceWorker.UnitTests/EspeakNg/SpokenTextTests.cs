using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.UnitTests.EspeakNg;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("¿Dónde está?", "¿Dónde está?")]
    [InlineData("man\u0303ana", "mañana")]
    [InlineData("a\0b\nc\u001bd\u0085e", "ab cd e")]
    [InlineData("one\u00a0two\u200bthree fo\u00adur", "one twothree four")]
    [InlineData("[[w'3:ld]]", "[ [w'3:ld]]")]
    [InlineData("[[[x", "[ [ [x")]
    [InlineData("[\u200b[x", "[ [x")]
    [InlineData("［［x", "[ [x")]
    [InlineData("[a] [b]", "[a] [b]")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    [InlineData(" \n ", "")]
    public void Of_AnyText_IsPlainWordsInOneLine(string text, string expected) => Assert.Equal(expected, SpokenText.Of(text));

    [Theory]
    [InlineData("ok ❤️ yes", "ok ❤ yes")]
    [InlineData("ok❤️yes", "ok ❤ yes")]
    [InlineData("👍👍🏽", "👍 👍")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("👩🏽‍🚀 🤷🏼‍♀️", "👩‍🚀 🤷‍♀")]
    [InlineData("a 🧑‍💻 b ❤️‍🔥 c 🕵️‍♂️ d", "a b c d")]
    [InlineData("🇪🇸🇫🇷", "🇪🇸 🇫🇷")]
    [InlineData("🏳️‍🌈 🏴‍☠️", "🏳‍🌈 🏴‍☠")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁵󠁳󠁴󠁸󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("1️⃣2️⃣ #️⃣", "1 2 #")]
    [InlineData("one 🏽 two", "one two")]
    [InlineData("👨‍", "👨")]
    [InlineData("2 ‼️ ©️ 20 °C №5", "2 ‼ © 20 °C №5")]
    public void Of_Emoji_AreBareOrLeftOut(string text, string expected) => Assert.Equal(expected, SpokenText.Of(text));

    [Fact]
    public void Of_LoneSurrogate_BecomesTheReplacementCharacter() => Assert.Equal("x\ufffdy", SpokenText.Of("x\ud800y"));

    [Fact]
    public void Encode_Text_EndsWithALineFeed() => Assert.Equal("año\n"u8.ToArray(), SpokenText.Encode("año"));
}
