using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Admission;

/// <summary>How long a job's speech is, roughly: what it costs in its admission until more is known.</summary>
/// <param name="decoder">Knows recordings.</param>
/// <param name="log">The pipeline's log.</param>
internal sealed class SpokenLength(IAudioDecoder decoder, ILogger log)
{
    // Read aloud, about 15 letters, or 5 ideographs or syllables, are a second.
    private const double SecondsOfLetter = 1.0 / 15;
    private const double SecondsOfSyllable = 1.0 / 5;

    // From here on the characters of Unicode are CJK ideographs, kana, Hangul, emoji: each a syllable or a word.
    private const int FirstSyllable = 0x2E80;

    /// <summary>The length of a text's speech in any script. Every character counts, spoken or not: the engines read them all.</summary>
    public static TimeSpan Of(string text)
    {
        var seconds = 0.0;
        foreach (var rune in text.EnumerateRunes())
            seconds += rune.Value < FirstSyllable ? SecondsOfLetter : SecondsOfSyllable;
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The length of a recording; zero when even a guess fails.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The job is counted in by now, and nobody else would count it out.")]
    public TimeSpan Of(AudioInput audio)
    {
        try
        {
            return decoder.EstimateDuration(audio);
        }
        catch (Exception e)
        {
            Log.DurationUnknown(log, e);
            return TimeSpan.Zero;
        }
    }
}
