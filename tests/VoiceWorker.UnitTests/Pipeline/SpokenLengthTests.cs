using VoiceWorker.Core.Admission;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class SpokenLengthTests
{
    [Theory]
    [InlineData("fifteen letters", 1)]
    [InlineData("пятнадцать букв", 1)]
    [InlineData("你好吗朋友", 1)]
    [InlineData("...............", 1)]
    [InlineData("", 0)]
    public void Of_AnyScript_IsAboutTheTimeToReadIt(string text, double seconds) =>
        Assert.Equal(seconds, SpokenLength.Of(text).TotalSeconds, tolerance: 0.05);
}
