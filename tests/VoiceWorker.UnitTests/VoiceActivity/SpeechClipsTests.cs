using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

public sealed class SpeechClipsTests
{
    private const int Rate = 16_000;
    private const int Window = 30 * Rate;

    [Fact]
    public void Cut_NoSpeech_IsNoClip() => Assert.Empty(SpeechClips.Cut([], 60 * Rate));

    [Fact]
    public void Cut_OneSentence_HasALittleOfWhatIsAround()
    {
        var clip = Assert.Single(SpeechClips.Cut(Spans((5, 7)), 60 * Rate));

        Assert.Equal(2.8, Seconds(clip.Length), 3);
        AssertTimes((5, 7), clip.InRecording(0.4, 2.4));
    }

    [Fact]
    public void Cut_SpeechUpToTheEdges_StaysInTheRecording() =>
        Assert.Equal(2, Seconds(Assert.Single(SpeechClips.Cut(Spans((0, 2)), 2 * Rate)).Length), 3);

    [Fact]
    public void Cut_ShortPauses_AreKept()
    {
        var clip = Assert.Single(SpeechClips.Cut(Spans((1, 2), (3, 4), (6, 7)), 8 * Rate));

        Assert.Equal(6.8, Seconds(clip.Length), 3);
    }

    [Fact]
    public void Cut_LongPause_IsShortenedAndTimesStayRight()
    {
        var clip = Assert.Single(SpeechClips.Cut(Spans((1, 2), (22, 23)), 30 * Rate));
        float[] recording = [.. Enumerable.Range(0, 30 * Rate).Select(n => (float)n)];

        var samples = clip.Samples(recording).Span;

        Assert.Equal(3.6, Seconds(clip.Length), 3);
        Assert.Equal([.. recording[(int)(0.6 * Rate)..(int)(2.4 * Rate)], .. recording[(int)(21.6 * Rate)..(int)(23.4 * Rate)]], samples.ToArray());
        AssertTimes((1, 2), clip.InRecording(0.4, 1.4));
        AssertTimes((22, 23), clip.InRecording(2.2, 3.2));
        AssertTimes((1, 23), clip.InRecording(0.4, 3.2));
    }

    [Fact]
    public void InRecording_TimeALittleBesideItsPiece_IsPutIntoIt()
    {
        var clip = Assert.Single(SpeechClips.Cut(Spans((1, 2), (22, 23)), 30 * Rate));

        AssertTimes((21.6, 23), clip.InRecording(1.7, 3.2));
        AssertTimes((1, 2.4), clip.InRecording(0.4, 1.9));
    }

    [Fact]
    public void Cut_SentenceAcrossSecond30_IsWholeInTheNextClip()
    {
        var clips = SpeechClips.Cut(Spans((0.1, 14), (15, 28), (28.6, 29.3), (29.5, 30.4), (31, 33)), 34 * Rate);

        Assert.Equal(2, clips.Count);
        AssertTimes((28.6, 29.3), clips[1].InRecording(0.3, 1.0));
    }

    [Fact]
    public void Cut_NoPauseBetweenSentences_IsAtTheLongestPauseOfTheSecondHalf()
    {
        var clips = SpeechClips.Cut(Spans((0, 4), (4.4, 18), (18.3, 26), (26.2, 29), (29.2, 34)), 34 * Rate);

        Assert.Equal(2, clips.Count);
        AssertTimes((18.3, 19.3), clips[1].InRecording(0.15, 1.15));
    }

    [Fact]
    public void Cut_SpeechOfAMinuteWithoutAPause_IsOneClip() => Assert.Equal(60 * Rate, Assert.Single(SpeechClips.Cut(Spans((0, 60)), 60 * Rate)).Length);

    [Fact]
    public void HasSpeech_FarFromAllSpeech_IsFalse()
    {
        var clip = Assert.Single(SpeechClips.Cut(Spans((1, 2), (3.5, 4)), 8 * Rate));

        Assert.True(clip.HasSpeech(0.5, 1.2));
        Assert.True(clip.HasSpeech(1.6, 1.8));
        Assert.False(clip.HasSpeech(1.9, 2.4));
    }

    [Fact]
    public void WindowsSpared_CountsThirtySecondsEach()
    {
        Assert.Equal(0, Spared(20, (1, 2)));
        Assert.Equal(1, Spared(20));
        Assert.Equal(2, Spared(90, (1, 2), (80, 81)));
        Assert.Equal(0, Spared(0));

        static int Spared(int seconds, params (double, double)[] speech) => SpeechClips.WindowsSpared(SpeechClips.Cut(Spans(speech), seconds * Rate), seconds * Rate);
    }

    [Fact]
    public void Cut_AnySpeech_IsWholeInOneClipOfAWindowAndInItsPlace()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var (spans, at) = (new List<SpeechSpan>(), 0);
            while (spans.Count < 40)
            {
                var start = at + (int)(random.NextDouble() * random.NextDouble() * (random.Next(4) == 0 ? 40 : 1) * Rate) + 2048;
                spans.Add(new(start, at = start + 1024 + random.Next(random.Next(5) == 0 ? 25 * Rate : 2 * Rate)));
            }

            var length = at + random.Next(3 * Rate);
            var clips = SpeechClips.Cut(spans, length);

            Assert.All(clips, clip => Assert.InRange(clip.Length, 1, Window));
            Assert.Equal(spans.Sum(span => Seconds(span.End - span.Start)), clips.Sum(clip => clip.SpeechBetween(0, Seconds(clip.Length))), tolerance: 1e-6);
            Assert.All(clips.Zip(clips.Skip(1)), pair => Assert.True(pair.First.InRecording(0, Seconds(pair.First.Length)).End <= pair.Second.InRecording(0, Seconds(pair.Second.Length)).Start));
        }
    }

    private static SpeechSpan[] Spans(params (double Start, double End)[] spans) => [.. spans.Select(span => new SpeechSpan((int)(span.Start * Rate), (int)(span.End * Rate)))];

    private static double Seconds(int samples) => (double)samples / Rate;

    private static void AssertTimes((double Start, double End) expected, (double Start, double End) actual)
    {
        Assert.Equal(expected.Start, actual.Start, 3);
        Assert.Equal(expected.End, actual.End, 3);
    }
}
