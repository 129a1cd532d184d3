using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.VoiceActivity;

/// <summary>
/// Speech that is recognised in one go: pieces of a recording, one behind the other. What is left out between two of them
/// is the middle of a long pause. Times in a clip are seconds from its start.
/// </summary>
public sealed class SpeechClip
{
    // How far Whisper's timestamps may be beside what they mean.
    private const double Tolerance = 0.3;

    private readonly List<Piece> _pieces = [];
    private readonly IReadOnlyList<SpeechSpan> _speech;

    /// <summary>Makes a clip.</summary>
    /// <param name="pieces">What it consists of, at least one, in time order.</param>
    /// <param name="speech">Where somebody speaks in the recording.</param>
    public SpeechClip(IEnumerable<SpeechSpan> pieces, IReadOnlyList<SpeechSpan> speech)
    {
        _speech = speech;
        foreach (var piece in pieces)
        {
            _pieces.Add(new(piece, Length));
            Length += piece.End - piece.Start;
        }
    }

    /// <summary>Samples in it.</summary>
    public int Length { get; }

    /// <summary>Its samples: the recording's own, or a copy where there are several pieces.</summary>
    /// <param name="recording">All samples of the recording.</param>
    public ReadOnlyMemory<float> Samples(ReadOnlyMemory<float> recording)
    {
        if (_pieces is [var only])
            return recording[only.Source.Start..only.Source.End];
        var samples = new float[Length];
        foreach (var piece in _pieces)
            recording[piece.Source.Start..piece.Source.End].CopyTo(samples.AsMemory(piece.Start));
        return samples;
    }

    /// <summary>For how many seconds somebody speaks between two times of the clip.</summary>
    public double SpeechBetween(double from, double to) => _pieces.Sum(piece =>
    {
        var start = Math.Max(piece.Source.Start, piece.InRecording(from));
        var end = Math.Min(piece.Source.End, piece.InRecording(to));
        return _speech.Sum(span => Math.Max(0, Math.Min(span.End, end) - Math.Max(span.Start, start)));
    }) / DecodedAudio.SampleRate;

    /// <summary>Whether somebody speaks where a text is said to be spoken, or close to it.</summary>
    /// <param name="start">When the text begins in the clip.</param>
    /// <param name="end">When it ends.</param>
    public bool HasSpeech(double start, double end) => SpeechBetween(start - Tolerance, end + Tolerance) > 0;

    /// <summary>When a text of the clip is spoken in the recording, in seconds from its start.</summary>
    /// <param name="start">When it begins in the clip.</param>
    /// <param name="end">When it ends.</param>
    public (double Start, double End) InRecording(double start, double end)
    {
        var middle = (start + end) / 2;
        var (first, last) = (PieceAt(Math.Min(start + Tolerance, middle)), PieceAt(Math.Max(end - Tolerance, middle)));
        return (Math.Max(first.Source.Start, first.InRecording(start)) / DecodedAudio.SampleRate, Math.Min(last.Source.End, last.InRecording(end)) / DecodedAudio.SampleRate);
    }

    private Piece PieceAt(double time) => _pieces.FindLast(piece => piece.Start <= time * DecodedAudio.SampleRate) ?? _pieces[0];

    /// <summary>A piece and where it begins in the clip.</summary>
    private sealed record Piece(SpeechSpan Source, int Start)
    {
        /// <summary>From seconds of the clip to samples of the recording.</summary>
        public double InRecording(double time) => (time * DecodedAudio.SampleRate) - Start + Source.Start;
    }
}
