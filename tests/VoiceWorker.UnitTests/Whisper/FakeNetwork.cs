using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>A network that notes what it is asked for and waits at a gate before each answer.</summary>
internal sealed class FakeNetwork : IWhisperNetwork
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly Lock _lock = new();
    private readonly List<int> _encoded = [];
    private readonly List<int> _steps = [];

    public int MaxRows { get; init; } = 16;

    public int Vocabulary => 4;

    public bool IsDisposed { get; private set; }

    /// <summary>Thrown by the next call.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Pieces in which a window is encoded.</summary>
    public int Pieces { get; set; } = 1;

    /// <summary>Called in each piece and each step.</summary>
    public Action Working { get; set; } = () => { };

    /// <summary>Memories of texts that were asked for.</summary>
    public int TextMemories { get; private set; }

    /// <summary>Stores of theirs, each time that one was requeued.</summary>
    public List<KvCache> Released { get; } = [];

    /// <summary>Windows that were given up or finished.</summary>
    public int Disposed { get; private set; }

    /// <summary>The lengths of the encoded windows, once for each piece, in their order.</summary>
    public int[] Encoded
    {
        get
        {
            lock (_lock)
                return [.. _encoded];
        }
    }

    /// <summary>Rows of each step.</summary>
    public int[] Steps
    {
        get
        {
            lock (_lock)
                return [.. _steps];
        }
    }

    /// <summary>Makes the network wait before its next answer.</summary>
    public void Close() => _gate.Reset();

    public void Open() => _gate.Set();

    public IWindowEncoding Encode(LogMelSpectrogram mel, int start, int positions, bool inSmallPieces) => new Encoding(this, positions, Pieces);

    public SelfAttentionCache CreateText()
    {
        TextMemories++;
        return new([new KvCache(1, 32, 32)], store => Released.Add(store));
    }

    public Span<float> Step(IReadOnlyList<DecoderRow> rows)
    {
        Note(_steps, rows.Count);
        return new float[rows.Count(row => row.WantsLogits) * Vocabulary];
    }

    public void Dispose()
    {
        IsDisposed = true;
        _gate.Dispose();
    }

    private void Note(List<int> list, int value)
    {
        lock (_lock)
            list.Add(value);
        _gate.Wait();
        Working();
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
    }

    private sealed class Encoding(FakeNetwork network, int positions, int pieces) : IWindowEncoding
    {
        private int _left = pieces;

        public CrossAttentionCache? Advance()
        {
            network.Note(network._encoded, positions);
            return --_left == 0 ? new CrossAttentionCache([], _ => { }) : null;
        }

        public void Dispose() => network.Disposed++;
    }
}
