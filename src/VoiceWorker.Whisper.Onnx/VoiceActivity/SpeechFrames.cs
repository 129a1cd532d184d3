using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Onnx.VoiceActivity;

/// <summary>
/// From the probabilities of frames to spans of speech, by the rule and the thresholds of Silero's
/// <c>get_speech_timestamps</c>, but for the shortest speech: 250 ms there, and here two frames, because a quick "sí" or
/// "stop" of espeak-ng has three.
/// </summary>
internal static class SpeechFrames
{
    private const float Begins = 0.5f;
    private const float Ends = 0.35f;
    private const int ShortestSpeech = 2;
    private const int ShortestPause = 4;

    /// <summary>Joins frames to spans.</summary>
    /// <param name="probabilities">How probable speech is in each frame.</param>
    /// <param name="frameLength">Samples of a frame.</param>
    /// <param name="length">Samples of the recording; no span ends later.</param>
    public static IReadOnlyList<SpeechSpan> Join(ReadOnlySpan<float> probabilities, int frameLength, int length)
    {
        var spans = new List<SpeechSpan>();
        var (start, end) = (-1, -1);
        for (var frame = 0; frame < probabilities.Length; frame++)
        {
            if (probabilities[frame] >= Begins)
                (start, end) = (start < 0 ? frame : start, -1);
            else if (start >= 0 && end < 0 && probabilities[frame] < Ends)
                end = frame;

            if (end < 0 || frame - end + 1 < ShortestPause)
                continue;
            Add(start, end);
            (start, end) = (-1, -1);
        }

        if (start >= 0)
            Add(start, end < 0 ? probabilities.Length : end);
        return spans;

        void Add(int first, int next)
        {
            if (next - first >= ShortestSpeech)
                spans.Add(new(first * frameLength, Math.Min(next * frameLength, length)));
        }
    }
}
