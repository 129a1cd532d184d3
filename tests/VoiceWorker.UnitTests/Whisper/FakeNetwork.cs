using VoiceWorker.Engines.Whisper.Features;
using VoiceWorker.Engines.Whisper.Network;

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

    /// <summary>The first frames of the encoded windows, in their order.</summary>
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

    public AudioMemory Encode(LogMelSpectrogram mel, int start, int positions)
    {
        Note(_encoded, start);
        return new AudioMemory([], _ => { });
    }

    public TextMemory CreateText() => new([], _ => { });

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
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
    }
}
