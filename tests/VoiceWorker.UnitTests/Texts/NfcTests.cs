using VoiceWorker.Contract.Texts;

namespace VoiceWorker.UnitTests.Texts;

public sealed class NfcTests
{
    // The worker runs in invariant mode, in which .NET's own normalization does nothing. If this fails, use that one.
    [Fact]
    public void Normalize_OfDotNet_DoesNothingHere() => Assert.Equal("e\u0301", "e\u0301".Normalize());

    [Theory]
    [InlineData("el cafe\u0301 es muy caliente, man\u0303ana", "el café es muy caliente, mañana")]
    [InlineData("plain", "plain")]
    [InlineData("già composto, ça va, über", "già composto, ça va, über")]
    // Vietnamese: two marks, in either order.
    [InlineData("Vie\u0323\u0302t", "Việt")]
    [InlineData("Vie\u0302\u0323t", "Việt")]
    // Marks of one class keep their order, and the second is blocked.
    [InlineData("a\u0301\u0300", "á\u0300")]
    // Nothing composes with a mark at the beginning, or across another letter.
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("ab\u0301", "ab\u0301")]
    // Hangul, by arithmetic.
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글")]
    [InlineData("하\u11ab", "한")]
    // Singletons and exclusions decompose for good.
    [InlineData("\u212b \u2126", "Å Ω")]
    [InlineData("\u0958", "\u0915\u093c")]
    // Cyrillic, Greek, Devanagari, Japanese.
    [InlineData("и\u0306", "й")]
    [InlineData("α\u0313\u0301", "ἄ")]
    [InlineData("か\u3099", "が")]
    [InlineData("", "")]
    public void Compose_Text_IsNfc(string text, string expected) => Assert.Equal(expected, Nfc.Compose(text));

    [Theory]
    [InlineData("café ❤️ 你好 привет 한글")]
    [InlineData("x\ufffd")]
    public void Compose_ComposedText_IsTheSameString(string text) => Assert.Same(text, Nfc.Compose(text));

    [Fact]
    public void Compose_ManyMarks_TakesNoQuadraticTime()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 100_000));

        Assert.Equal("ạ\u0323", Nfc.Compose(text)[..2]);
    }

    // No case of the theory: attributes cannot hold half a character.
    [Fact]
    public void Compose_HalfASurrogatePair_IsTheReplacementCharacter() => Assert.Equal("x\ufffdé", Nfc.Compose("x\ud800e\u0301"));
}
