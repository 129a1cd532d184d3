using VoiceWorker.Whisper.Onnx.Features;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>The neural network behind the scheduler. Called by one thread at a time.</summary>
internal interface IWhisperNetwork : IDisposable
{
    /// <summary>Rows of a decoder step at most.</summary>
    int MaxRows { get; }

    /// <summary>Tokens in the vocabulary: the width of a row of logits.</summary>
    int Vocabulary { get; }

    /// <summary>Begins to encode a window of a recording. Several may be under way, each in pieces, a piece at a time.</summary>
    /// <param name="mel">The recording's features.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="positions">The window's length in positions of 20 ms.</param>
    /// <param name="inSmallPieces">Whether others must not wait for long: pieces of some milliseconds, which take a little more in all.</param>
    IWindowEncoding Encode(LogMelSpectrogram mel, int start, int positions, bool inSmallPieces);

    /// <summary>An empty text.</summary>
    SelfAttentionCache CreateText();

    /// <summary>Reads one token for each row; rows of one text are in order.</summary>
    /// <returns>Logits of the rows that want them, for the caller to work on until the next step.</returns>
    Span<float> Step(IReadOnlyList<DecoderRow> rows);
}
