using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>The rows of one decoder step and who reads the logits of which row.</summary>
internal sealed class DecoderStep
{
    private readonly List<DecoderRow> _rows = [];
    private readonly List<(ActiveText Text, bool EndsPrompt)> _readers = [];

    /// <summary>The rows.</summary>
    public IReadOnlyList<DecoderRow> Rows => _rows;

    /// <summary>The readers of the logits, in the rows' order.</summary>
    public IReadOnlyList<(ActiveText Text, bool EndsPrompt)> Readers => _readers;

    /// <summary>Adds a row.</summary>
    public void Add(ActiveText text, DecoderRow row, bool endsPrompt)
    {
        _rows.Add(row);
        if (row.WantsLogits)
            _readers.Add((text, endsPrompt));
    }

    /// <summary>Makes room for the next step.</summary>
    public void Clear()
    {
        _rows.Clear();
        _readers.Clear();
    }
}
