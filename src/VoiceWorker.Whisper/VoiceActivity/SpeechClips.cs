using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>
/// Cuts a recording into clips that fit Whisper's window of 30 s, only ever where nobody speaks, and shortens long pauses:
/// for sound without speech Whisper invents words, and behind a long pause it may hear nothing (the demo model loses every
/// third word behind pauses of 6 s, and none behind those of 2 s). So do faster-whisper and WhisperX (Bain et al. 2023).
/// </summary>
public static class SpeechClips
{
    private const int Window = 30 * DecodedAudio.SampleRate;
    private const int Margin = (int)(0.4 * DecodedAudio.SampleRate);
    private const int LongPause = 2 * DecodedAudio.SampleRate;
    private const int SentencePause = DecodedAudio.SampleRate / 2;

    /// <summary>Cuts.</summary>
    /// <param name="speech">Where somebody speaks, in time order.</param>
    /// <param name="length">The recording's length in samples.</param>
    /// <returns>Clips in time order. One is longer than 30 s where somebody speaks so long without a pause.</returns>
    public static IReadOnlyList<SpeechClip> Cut(IReadOnlyList<SpeechSpan> speech, int length)
    {
        var clips = new List<SpeechClip>();
        for (var (first, next) = (0, 0); first < speech.Count; first = next)
        {
            next = End(speech, first);
            clips.Add(Clip(speech, first, next, length));
        }

        return clips;
    }

    /// <summary>How many windows of 30 s the network is spared.</summary>
    /// <param name="clips">The clips of a recording.</param>
    /// <param name="length">The recording's length in samples.</param>
    public static int WindowsSpared(IReadOnlyCollection<SpeechClip> clips, int length) =>
        Math.Max(0, Windows(length) - clips.Sum(clip => Windows(clip.Length)));

    // The speech that fits a window, up to its last pause between sentences, or else the longest pause of its second half.
    private static int End(IReadOnlyList<SpeechSpan> speech, int first)
    {
        var next = first + 1;
        var room = Window - (2 * Margin) - Length(speech[first]);
        while (next < speech.Count && (room -= (Pause(next) > LongPause ? 2 * Margin : Pause(next)) + Length(speech[next])) >= 0)
            next++;
        if (next == speech.Count)
            return next;

        var pauses = Enumerable.Range(first + 1, next - first).Reverse().ToList();
        var sentence = pauses.Find(pause => Pause(pause) >= SentencePause);
        return sentence > 0 ? sentence : pauses.Where(pause => pause == next || speech[pause].Start - speech[first].Start >= Window / 2).MaxBy(Pause);

        int Pause(int before) => speech[before].Start - speech[before - 1].End;
    }

    private static SpeechClip Clip(IReadOnlyList<SpeechSpan> speech, int first, int next, int length)
    {
        var pieces = new List<SpeechSpan>();
        for (var i = first; i < next; i++)
        {
            var start = Math.Max(i == 0 ? 0 : Middle(i - 1), speech[i].Start - Margin);
            var end = Math.Min(i + 1 == speech.Count ? length : Middle(i), speech[i].End + Margin);
            if (i > first && speech[i].Start - speech[i - 1].End <= LongPause)
                pieces[^1] = pieces[^1] with { End = end };
            else
                pieces.Add(new(start, end));
        }

        return new(pieces, [.. speech.Skip(first).Take(next - first)]);

        int Middle(int before) => (speech[before].End + speech[before + 1].Start) / 2;
    }

    private static int Length(SpeechSpan span) => span.End - span.Start;

    private static int Windows(int length) => (length + Window - 1) / Window;
}
