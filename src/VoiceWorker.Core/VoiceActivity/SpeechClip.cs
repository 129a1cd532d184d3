using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.VoiceActivity;

/// <summary>A part of a recording that is recognised by itself: speech, the pauses in it, and a little of what is around.</summary>
/// <param name="start">Its first sample.</param>
/// <param name="end">The sample after its last.</param>
/// <param name="speech">Where somebody speaks in it.</param>
public sealed class SpeechClip(int start, int end, IReadOnlyList<SpeechSpan> speech)
{
    /// <summary>Its first sample.</summary>
    public int Start => start;

    /// <summary>The sample after its last.</summary>
    public int End => end;

    /// <summary>Where it begins in the recording, in seconds.</summary>
    public double Offset => (double)start / DecodedAudio.SampleRate;

    /// <summary>For how long somebody speaks between two times.</summary>
    /// <param name="from">Seconds from the start of the clip.</param>
    /// <param name="to">Seconds from the start of the clip.</param>
    /// <returns>Seconds.</returns>
    public double SpeechBetween(double from, double to) =>
        speech.Sum(span => Math.Max(0, Math.Min(to, Time(span.End)) - Math.Max(from, Time(span.Start))));

    private double Time(int sample) => (double)(sample - start) / DecodedAudio.SampleRate;
}
