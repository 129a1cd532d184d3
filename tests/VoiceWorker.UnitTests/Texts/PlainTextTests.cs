using VoiceWorker.Contract.Texts;

namespace VoiceWorker.UnitTests.Texts;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("man\u0303ana", "mañana")]
    [InlineData("la\u00a0casa\u202fes\u2009grande\u3000y\tbonita", "la casa es grande y bonita")]
    [InlineData("la ca\u00adsa gran\u200bde\u2060 es\u200e", "la casa grande es")]
    [InlineData("\ufeffla casa \ufeffes", "la casa es")]
    [InlineData("one\r\ntwo\rthree\u2028four\u0085five", "one\ntwo\nthree\nfour\nfive")]
    [InlineData("a\0b\u001b[31mc", "ab[31mc")]
    [InlineData("  two   spaces \n  and a line \n\n", "two spaces\nand a line")]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ！ １２", "full width! 12")]
    [InlineData("你好，ＡＢＣ１２！", "你好，ABC12！")]
    [InlineData("ｶﾞｷﾞ", "ガギ")]
    [InlineData("𝐛𝐨𝐥𝐝 𝓼𝓬𝓻𝓲𝓹𝓽 ﬁne", "bold script fine")]
    [InlineData("“curly” ‘quotes’ don’t … — ok", "“curly” ‘quotes’ don’t … — ok")]
    [InlineData("می\u200cخواهم 👨\u200d👩\u200d👧 ❤️", "می\u200cخواهم 👨\u200d👩\u200d👧 ❤️")]
    [InlineData("\u200b\u200b\ufeff", "")]
    public void Of_Text_IsWhatEnginesTake(string text, string expected) => Assert.Equal(expected, PlainText.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter() => Assert.Equal("x\ufffdy", PlainText.Of("x\udc00y"));

    [Fact]
    public void Of_EndlessRun_IsCut()
    {
        Assert.Equal(new string('.', 32) + "x", PlainText.Of(new string('.', 65_536) + "x"));
        Assert.Equal(new string('1', 100), PlainText.Of(new string('1', 100)));
        Assert.Equal("a" + new string('\u0334', 8) + "b", PlainText.Of("a" + new string('\u0334', 500) + "b"));
    }
}
