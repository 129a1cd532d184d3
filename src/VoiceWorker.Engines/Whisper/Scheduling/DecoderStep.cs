using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>The rows of one decoder step and who reads the logits of which.</summary>
internal sealed class DecoderStep
{
    private readonly List<DecoderRow> _rows = [];
    private readonly List<(ActiveText Text, int Rows, bool EndsPrompt)> _readers = [];

    /// <summary>The rows.</summary>
    public IReadOnlyList<DecoderRow> Rows => _rows;

    /// <summary>The readers of the logits, in the rows' order, each of so many rows.</summary>
    public IReadOnlyList<(ActiveText Text, int Rows, bool EndsPrompt)> Readers => _readers;

    /// <summary>Adds rows that want logits all or none.</summary>
    public void Add(ActiveText text, DecoderRow[] rows, bool endsPrompt)
    {
        _rows.AddRange(rows);
        if (rows[0].WantsLogits)
            _readers.Add((text, rows.Length, endsPrompt));
    }

    /// <summary>Makes room for the next step.</summary>
    public void Clear()
    {
        _rows.Clear();
        _readers.Clear();
    }
}
