using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

public sealed class SpeechFramesTests
{
    // 's' speech, '.' none, '-' between the two thresholds.
    [Theory]
    [InlineData("", "")]
    [InlineData("......", "")]
    [InlineData("------", "")]
    [InlineData("..s...", "")]
    [InlineData("..ss......", "2-4")]
    [InlineData("..ssss", "2-6")]
    [InlineData("..ssss..", "2-6")]
    [InlineData("ss...ss......", "0-7")]
    [InlineData("ss....ss......", "0-2 6-8")]
    [InlineData("ss-----ss......", "0-9")]
    [InlineData("s-.....", "0-2")]
    [InlineData("ss.-..ss", "0-2 6-8")]
    public void Join_Frames_MakesSpans(string frames, string spans)
    {
        float[] probabilities = [.. frames.Select(frame => frame switch { 's' => 0.9f, '-' => 0.4f, _ => 0.1f })];

        var joined = SpeechFrames.Join(probabilities, frameLength: 10, length: frames.Length * 10);

        Assert.Equal(spans, string.Join(' ', joined.Select(span => $"{span.Start / 10}-{span.End / 10}")));
    }

    [Fact]
    public void Join_SpeechInALastFrameThatIsNotWhole_EndsWithTheRecording() =>
        Assert.Equal([new SpeechSpan(0, 15)], SpeechFrames.Join([0.9f, 0.9f], frameLength: 10, length: 15));
}
