using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.VoiceActivity;

/// <summary>
/// Cuts a recording into clips that fit a window of 30 s, only ever where nobody speaks, and leaves out what is between
/// them (WhisperX's "cut and merge", Bain et al. 2023): no word is cut in two, and no network gets sound without speech,
/// for which Whisper invents words.
/// </summary>
public static class SpeechClips
{
    private const int Window = 30 * DecodedAudio.SampleRate;
    private const int Margin = DecodedAudio.SampleRate / 4;
    private const int SentencePause = DecodedAudio.SampleRate / 2;

    /// <summary>Cuts.</summary>
    /// <param name="speech">Where somebody speaks, in time order.</param>
    /// <param name="length">The recording's length in samples.</param>
    /// <returns>Clips in time order that do not overlap. One is longer than 30 s where somebody speaks so long without a pause.</returns>
    public static IReadOnlyList<SpeechClip> Cut(IReadOnlyList<SpeechSpan> speech, int length)
    {
        var clips = new List<SpeechClip>();
        for (var first = 0; first < speech.Count;)
        {
            var next = End(speech, first);
            var start = Math.Max(first == 0 ? 0 : Middle(speech, first - 1), speech[first].Start - Margin);
            var end = Math.Min(next == speech.Count ? length : Middle(speech, next - 1), speech[next - 1].End + Margin);
            clips.Add(new(start, end, [.. speech.Skip(first).Take(next - first)]));
            first = next;
        }

        return clips;
    }

    /// <summary>How many windows of 30 s the network is spared.</summary>
    /// <param name="clips">The clips of a recording.</param>
    /// <param name="length">The recording's length in samples.</param>
    public static int WindowsSpared(IReadOnlyCollection<SpeechClip> clips, int length) =>
        Math.Max(0, Windows(length) - clips.Sum(clip => Windows(clip.End - clip.Start)));

    // The speech that fits a window, up to its last pause between sentences, or else the longest pause of its second half.
    private static int End(IReadOnlyList<SpeechSpan> speech, int first)
    {
        var start = speech[first].Start - Margin;
        var next = first + 1;
        while (next < speech.Count && speech[next].End + Margin - start <= Window)
            next++;
        if (next == speech.Count)
            return next;

        var pauses = Enumerable.Range(first + 1, next - first).Reverse().ToList();
        var sentence = pauses.Find(pause => Pause(pause) >= SentencePause);
        return sentence > 0 ? sentence : pauses.Where(pause => pause == next || speech[pause].Start - start >= Window / 2).MaxBy(Pause);

        int Pause(int after) => speech[after].Start - speech[after - 1].End;
    }

    private static int Middle(IReadOnlyList<SpeechSpan> speech, int before) => (speech[before].End + speech[before + 1].Start) / 2;

    private static int Windows(int length) => (length + Window - 1) / Window;
}
