using VoiceWorker.Audio.Processes;

namespace VoiceWorker.UnitTests.Audio;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n  \nfirst\nsecond\n", "first")]
    [InlineData("[opus @ 0x55d0c2a6f580] Error parsing header", "[opus] Error parsing header")]
    [InlineData("red \u001b[31mtext\u0007\r\n", "red [31mtext")]
    public void FirstLine_OfAnything_IsPrintable(string errors, string expected) => Assert.Equal(expected, ErrorText.FirstLine(errors));

    [Fact]
    public void FirstLine_TooLong_IsCut() => Assert.Equal(300, ErrorText.FirstLine(new string('x', 5_000)).Length);
}
