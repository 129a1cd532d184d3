using System.Numerics.Tensors;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Runtime;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Whisper's decoder over rows that may belong to any recordings. Rows of one text must be in order. Not thread-safe;
/// its memory is set aside once, for the greatest number of rows.
/// </summary>
internal sealed class Decoder : IDisposable
{
    private const int RefinedTokens = 4;
    private readonly WhisperDimensions _dimensions;
    private readonly int _firstSpecial;
    private readonly ParallelOptions _parallel;
    private readonly KvCachePool _stores;
    private readonly Half[] _embedding;
    private readonly float[] _positions;
    private readonly TensorBuffer _residual;
    private readonly TensorBuffer _nextResidual;
    private readonly TensorBuffer _attended;
    private readonly TensorBuffer _projected;
    private readonly TensorBuffer _logits;
    private readonly BoundSession _begin;
    private readonly BoundSession[] _afterSelfAttention;
    private readonly BoundSession[] _afterCrossAttention;
    private readonly TensorBuffer _specialLogits;
    private readonly BoundSession _toSpecialLogits;
    private readonly QuantizedOutputProjection _textTokens;

    /// <summary>Builds the sessions.</summary>
    /// <param name="file">The model.</param>
    /// <param name="format">How the layers are kept.</param>
    /// <param name="maxRows">Rows of a step at most.</param>
    /// <param name="threads">Threads that attend.</param>
    public Decoder(GgmlFile file, WeightFormat format, int maxRows, int threads)
    {
        _dimensions = file.Contents.Dimensions;
        _firstSpecial = new WhisperTokens(_dimensions.Vocabulary).EndOfText;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        (MaxRows, var state) = (maxRows, _dimensions.TextState);
        _stores = new(_dimensions.TextHeads, state / _dimensions.TextHeads, _dimensions.TextContext, kept: maxRows * _dimensions.TextLayers);
        _positions = new float[_dimensions.TextContext * state];
        file.ReadTensor("decoder.positional_embedding", _positions);
        _embedding = ReadEmbedding(file);
        (_residual, _nextResidual, _attended) = (Buffer(state), Buffer(state), Buffer(state));
        var specials = _dimensions.Vocabulary - _firstSpecial;
        (_projected, _logits, _specialLogits) = (Buffer(3 * state), Buffer(_dimensions.Vocabulary), Buffer(specials));

        BoundTensor residual = new(DecoderGraphs.Residual, _residual, state), attended = new(DecoderGraphs.Attended, _attended, state);
        BoundTensor Projected(int states) => new(DecoderGraphs.Projected, _projected, states * state);
        _begin = new(DecoderGraphs.Begin(file, format), [residual], [Projected(3)]);
        _afterSelfAttention = Layers(layer => new(DecoderGraphs.AfterSelfAttention(file, format, layer),
            [residual, attended], [new(DecoderGraphs.NextResidual, _nextResidual, state), Projected(1)]));
        _afterCrossAttention = Layers(layer => new(DecoderGraphs.AfterCrossAttention(file, format, layer),
            [new(DecoderGraphs.Residual, _nextResidual, state), attended], [new(DecoderGraphs.NextResidual, _residual, state), Projected(layer + 1 < _dimensions.TextLayers ? 3 : 1)]));
        _toSpecialLogits = new(DecoderGraphs.SpecialLogits(file), [residual], [new(DecoderGraphs.Projected, _specialLogits, specials)]);
        _textTokens = new(_embedding.AsSpan(0, _firstSpecial * state), state, maxRows, threads);
    }

    /// <summary>Rows of a step at most.</summary>
    public int MaxRows { get; }

    /// <summary>An empty text.</summary>
    public SelfAttentionCache CreateText() => new([.. Enumerable.Range(0, _dimensions.TextLayers).Select(_ => _stores.Rent())], _stores.Return);

    /// <summary>Reads one token for each row.</summary>
    /// <returns>Logits of the rows that want them, in the rows' order: [rows, vocabulary], for the caller to work on until the next step.</returns>
    public Span<float> Step(IReadOnlyList<DecoderRow> rows)
    {
        var positions = Embed(rows);
        _begin.Run(rows.Count);
        for (var layer = 0; layer < _dimensions.TextLayers; layer++)
        {
            Remember(rows, layer);
            Attend(rows, 3, row => rows[row].Text[layer], row => positions[row] + 1, (_, _) => []);
            _afterSelfAttention[layer].Run(rows.Count);
            Attend(rows, 1, row => rows[row].Audio[layer], row => rows[row].Audio[layer].Count, (row, head) => Trace(rows[row], layer, head, positions[row]));
            _afterCrossAttention[layer].Run(rows.Count);
        }

        var wanted = Gather(rows);
        if (wanted > 0)
            Project(wanted);
        return _logits.Span(wanted * _dimensions.Vocabulary);
    }

    public void Dispose()
    {
        IDisposable[] owned = [_stores, _begin, .. _afterSelfAttention, .. _afterCrossAttention, _toSpecialLogits, _textTokens, _residual, _nextResidual, _attended, _projected, _logits, _specialLogits];
        Array.ForEach(owned, one => one.Dispose());
    }

    private static Half[] ReadEmbedding(GgmlFile file)
    {
        var values = new float[file.Contents.Tensors["decoder.token_embedding.weight"].Count];
        file.ReadTensor("decoder.token_embedding.weight", values);
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return halves;
    }

    private TensorBuffer Buffer(int width) => new((nint)MaxRows * width);

    private BoundSession[] Layers(Func<int, BoundSession> create) => [.. Enumerable.Range(0, _dimensions.TextLayers).Select(create)];

    private int[] Embed(IReadOnlyList<DecoderRow> rows)
    {
        var state = _dimensions.TextState;
        var x = _residual.Span(rows.Count * state);
        var positions = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            // A text's earlier rows of this step are not in its memory yet.
            positions[row] = row > 0 && rows[row - 1].Text == rows[row].Text ? positions[row - 1] + 1 : rows[row].Text.Position;
            var sum = x.Slice(row * state, state);
            TensorPrimitives.ConvertToSingle(_embedding.AsSpan(rows[row].Token * state, state), sum);
            TensorPrimitives.Add(sum, _positions.AsSpan(positions[row] * state, state), sum);
        }

        return positions;
    }

    private void Remember(IReadOnlyList<DecoderRow> rows, int layer)
    {
        var state = _dimensions.TextState;
        var projected = _projected.Span(rows.Count * 3 * state);
        for (var row = 0; row < rows.Count; row++)
        {
            var keyAndValue = projected.Slice(((3 * row) + 1) * state, 2 * state);
            rows[row].Text[layer].Append(keyAndValue[..state], keyAndValue[state..]);
        }
    }

    private static Span<float> Trace(DecoderRow row, int layer, int head, int position) =>
        row.Trace is { } trace && trace.Includes(layer) ? trace.Add(layer, head, position, row.Audio[layer].Count) : [];

    private void Attend(IReadOnlyList<DecoderRow> rows, int projectedStates, Func<int, KvCache> store, Func<int, int> count, Func<int, int, Span<float>> trace)
    {
        var (state, heads) = (_dimensions.TextState, _dimensions.TextHeads);
        var width = state / heads;
        Parallel.For(0, rows.Count * heads, _parallel, i =>
        {
            var (row, head) = (i / heads, i % heads);
            var query = _projected.Span(rows.Count * projectedStates * state).Slice((row * projectedStates * state) + (head * width), width);
            store(row).Attend(head, query, count(row), _attended.Span(rows.Count * state).Slice((row * state) + (head * width), width), trace(row, head));
        });
    }

    // Those of the many text tokens from 8-bit weights, those of the timestamps and other special tokens from exact ones,
    // because sums and comparisons of them decide.
    private void Project(int rows)
    {
        var (vocabulary, specials) = (_dimensions.Vocabulary, _dimensions.Vocabulary - _firstSpecial);
        _toSpecialLogits.Run(rows);
        _textTokens.Multiply(_residual, rows, _logits, vocabulary);
        for (var row = 0; row < rows; row++)
        {
            var logits = _logits.Span((row + 1) * vocabulary)[(row * vocabulary)..];
            _specialLogits.Span((row + 1) * specials)[(row * specials)..].CopyTo(logits[_firstSpecial..]);
            Refine(row, logits[.._firstSpecial]);
        }
    }

    // The likeliest text tokens' logits again, from the exact weights: which of two close ones wins must not depend on
    // the 8-bit ones.
    private void Refine(int row, Span<float> text)
    {
        Span<(int Token, float Logit)> refined = stackalloc (int, float)[RefinedTokens];
        var state = _dimensions.TextState;
        var normed = _residual.Span((row + 1) * state)[(row * state)..];
        Span<float> embedding = new float[state];
        for (var i = 0; i < RefinedTokens; i++)
        {
            var token = LogitMath.IndexOfMax(text);
            TensorPrimitives.ConvertToSingle(_embedding.AsSpan(token * state, state), embedding);
            refined[i] = (token, TensorPrimitives.Dot<float>(normed, embedding));
            text[token] = float.NegativeInfinity;
        }

        foreach (var (token, logit) in refined)
            text[token] = logit;
    }

    private int Gather(IReadOnlyList<DecoderRow> rows)
    {
        var state = _dimensions.TextState;
        var normed = _projected.Span(rows.Count * state);
        var wanted = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].WantsLogits)
                normed.Slice(row * state, state).CopyTo(_residual.Span((wanted + 1) * state)[(wanted++ * state)..]);
        }

        return wanted;
    }
}
