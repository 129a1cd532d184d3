using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Turns windows of sound into what the decoder attends to, in pieces, so that another window or a decoder step can come
/// between two of them. Not thread-safe; memory is kept for the next window.
/// </summary>
internal sealed class Encoder : IDisposable
{
    // Positions of a small piece. A layer in small pieces takes about a tenth longer than in one.
    private const int SmallPiece = 256;

    private readonly WhisperDimensions _dimensions;
    private readonly ParallelOptions _parallel;
    private readonly RunOptions _options = new();
    private readonly InferenceSession _begin;
    private readonly InferenceSession[] _keysAndValues;
    private readonly InferenceSession[] _layers;
    private readonly InferenceSession[] _projections;
    private readonly KvCachePool _stores;
    private readonly Stack<Buffers> _free = [];
    private readonly TensorBuffer _mel;
    private readonly TensorBuffer _projected;

    /// <summary>Builds the sessions.</summary>
    /// <param name="file">The model.</param>
    /// <param name="format">How the layers are kept.</param>
    /// <param name="maxWindows">Encoded windows that are held at once.</param>
    /// <param name="threads">Threads that fill the decoder's memory.</param>
    public Encoder(GgmlFile file, WeightFormat format, int maxWindows, int threads)
    {
        _dimensions = file.Contents.Dimensions;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var (positions, state) = (_dimensions.AudioContext, _dimensions.AudioState);
        _stores = new(_dimensions.TextHeads, state / _dimensions.TextHeads, positions, kept: maxWindows * _dimensions.TextLayers);
        _mel = new(positions * LogMelSpectrogram.FramesPerPosition * _dimensions.Mels);
        _projected = new(positions * 2 * state);
        _begin = OnnxEnvironment.CreateSession(EncoderGraph.Begin(file, format));
        InferenceSession[] Sessions(int layers, Func<GgmlFile, WeightFormat, int, OnnxGraph> graph) => [.. Enumerable.Range(0, layers).Select(layer => OnnxEnvironment.CreateSession(graph(file, format, layer)))];
        (_keysAndValues, _layers) = (Sessions(_dimensions.AudioLayers, EncoderGraph.ProjectKeysAndValues), Sessions(_dimensions.AudioLayers, EncoderGraph.Layer));
        _projections = Sessions(_dimensions.TextLayers, DecoderGraphs.CrossProjection);
    }

    /// <summary>Begins to encode a window.</summary>
    /// <param name="mel">Features of the recording.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="positions">The window's length in positions of 20 ms, at most the model's 1500.</param>
    /// <param name="inSmallPieces">Whether others must not wait for a whole layer.</param>
    public IWindowEncoding Encode(LogMelSpectrogram mel, int start, int positions, bool inSmallPieces) => new Window(this, mel, start, positions, inSmallPieces ? SmallPiece : positions);

    public void Dispose()
    {
        IDisposable[] owned = [_begin, .. _keysAndValues, .. _layers, .. _projections, _options, _stores, .. _free, _mel, _projected];
        Array.ForEach(owned, one => one.Dispose());
    }

    private void Begin(LogMelSpectrogram mel, int start, int positions, TensorBuffer[] states)
    {
        var frames = positions * LogMelSpectrogram.FramesPerPosition;
        mel.CopyWindow(start, _mel.Span(frames * mel.Bands), frames);
        using var input = _mel.View(1, mel.Bands, frames);
        Run(_begin, [EncoderGraph.Mel], [input], EncoderGraph.NextStates, [.. states.Select(state => Rows(state, 0, positions))]);
    }

    private void ProjectKeysAndValues(int layer, int positions, TensorBuffer[] states, TensorBuffer[] keysAndValues) =>
        Run(_keysAndValues[layer], EncoderGraph.States[1..], [Rows(states[1], 0, positions)], EncoderGraph.KeysAndValues, [.. keysAndValues.Select(buffer => Rows(buffer, 0, positions))]);

    private void Layer(int layer, int first, int rows, int positions, TensorBuffer[] states, TensorBuffer[] keysAndValues, TensorBuffer[] next) => Run(
        _layers[layer], [.. EncoderGraph.States, .. EncoderGraph.KeysAndValues],
        [.. states.Select(state => Rows(state, first, rows)), .. Batch(keysAndValues, positions)],
        EncoderGraph.NextStates, [.. next.Select(state => Rows(state, first, rows))]);

    private OrtValue Rows(TensorBuffer buffer, int first, int rows) => buffer.ViewFrom((nint)first * _dimensions.AudioState, rows, _dimensions.AudioState);

    private OrtValue[] Batch(TensorBuffer[] buffers, int positions) =>
        [.. buffers.Select(buffer => buffer.View(1, positions, _dimensions.AudioState))];

    private void Run(InferenceSession session, string[] inputs, OrtValue[] values, string[] outputs, OrtValue[] results)
    {
        try
        {
            session.Run(_options, inputs, values, outputs, results);
        }
        finally
        {
            Array.ForEach([.. values, .. results], value => value.Dispose());
        }
    }

    private KvCache Project(int layer, int positions, TensorBuffer audio)
    {
        Run(_projections[layer], [DecoderGraphs.Residual], [Rows(audio, 0, positions)], [DecoderGraphs.Projected], [_projected.View(positions, 2 * _dimensions.AudioState)]);
        var store = _stores.Rent();
        store.Append(_projected, positions, _parallel);
        return store;
    }

    /// <summary>A window under way.</summary>
    private sealed class Window : IWindowEncoding
    {
        private readonly Encoder _encoder;
        private readonly Buffers _buffers;
        private readonly IEnumerator<CrossAttentionCache?> _pieces;
        private readonly List<KvCache> _stores = [];
        private bool _disposed;

        public Window(Encoder encoder, LogMelSpectrogram mel, int start, int positions, int pieceRows)
        {
            _encoder = encoder;
            _buffers = encoder._free.TryPop(out var free) ? free : new Buffers(encoder._dimensions);
            _pieces = Pieces(mel, start, positions, pieceRows).GetEnumerator();
        }

        public CrossAttentionCache? Advance() => _pieces.MoveNext() ? _pieces.Current : throw new InvalidOperationException("the window is encoded");

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            _stores.ForEach(_encoder._stores.Return);
            _encoder._free.Push(_buffers);
        }

        private IEnumerable<CrossAttentionCache?> Pieces(LogMelSpectrogram mel, int start, int positions, int pieceRows)
        {
            _encoder.Begin(mel, start, positions, _buffers.Of(0));
            yield return null;
            for (var layer = 0; layer < _encoder._layers.Length; layer++)
            {
                _encoder.ProjectKeysAndValues(layer, positions, _buffers.Of(layer), _buffers.KeysAndValues);
                yield return null;
                for (int first = 0, left = (positions + pieceRows - 1) / pieceRows; left > 0; left--)
                {
                    var rows = (positions - first + left - 1) / left;
                    _encoder.Layer(layer, first, rows, positions, _buffers.Of(layer), _buffers.KeysAndValues, _buffers.Of(layer + 1));
                    first += rows;
                    yield return null;
                }
            }

            for (var layer = 0; layer < _encoder._projections.Length; layer++)
            {
                _stores.Add(_encoder.Project(layer, positions, _buffers.Of(_encoder._layers.Length)[1]));
                if (layer + 1 < _encoder._projections.Length)
                    yield return null;
            }

            CrossAttentionCache audio = new([.. _stores], _encoder._stores.Return);
            _stores.Clear();
            yield return audio;
        }
    }

    /// <summary>What lies between the pieces of a window: the states of one layer and of the next, and the keys and values that a layer attends to.</summary>
    private sealed class Buffers(WhisperDimensions dimensions) : IDisposable
    {
        private readonly TensorBuffer[] _even = CreatePair(dimensions);
        private readonly TensorBuffer[] _odd = CreatePair(dimensions);

        public TensorBuffer[] KeysAndValues { get; } = CreatePair(dimensions);

        public TensorBuffer[] Of(int layer) => layer % 2 == 0 ? _even : _odd;

        public void Dispose() => Array.ForEach([.. _even, .. _odd, .. KeysAndValues], buffer => buffer.Dispose());

        private static TensorBuffer[] CreatePair(WhisperDimensions dimensions) =>
            [.. Enumerable.Range(0, 2).Select(_ => new TensorBuffer((nint)dimensions.AudioContext * dimensions.AudioState))];
    }
}
