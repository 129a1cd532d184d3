using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

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

    /// <summary>Makes the step of what some texts read next, each at least what it needs, and more where there is room.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <returns>Those that cannot go on.</returns>
    public List<ActiveText> Gather(List<ActiveText> texts, int maxRows)
    {
        _rows.Clear();
        _readers.Clear();
        var reserved = texts.Sum(text => text.LeastRows);
        return texts.FindAll(text =>
        {
            reserved -= text.LeastRows;
            return !text.Join(this, Math.Max(1, maxRows - _rows.Count - reserved));
        });
    }
}
