using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Features;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>Turns windows of sound into what the decoder attends to. Not thread-safe; its memory is set aside once.</summary>
internal sealed class Encoder : IDisposable
{
    private const int FramesPerPosition = 2;
    private readonly WhisperDimensions _dimensions;
    private readonly ParallelOptions _parallel;
    private readonly RunOptions _options = new();
    private readonly KeyValueStorePool _stores;
    private readonly SelfAttention _attention;
    private readonly TensorBuffer _mel;
    private readonly TensorBuffer _residual;
    private readonly TensorBuffer _nextResidual;
    private readonly TensorBuffer _attended;
    private readonly TensorBuffer _projected;
    private readonly InferenceSession _begin;
    private readonly BoundSession[] _afterAttention;
    private readonly BoundSession[] _projections;

    /// <summary>Builds the sessions.</summary>
    /// <param name="file">The model.</param>
    /// <param name="format">How the layers are kept.</param>
    /// <param name="maxWindows">Encoded windows that are held at once.</param>
    /// <param name="threads">Threads that attend and fill the decoder's memory.</param>
    public Encoder(GgmlFile file, WeightFormat format, int maxWindows, int threads)
    {
        _dimensions = file.Contents.Dimensions;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var (positions, state, layers) = (_dimensions.AudioContext, _dimensions.AudioState, _dimensions.AudioLayers);
        _stores = new(_dimensions.TextHeads, state / _dimensions.TextHeads, positions, kept: maxWindows * _dimensions.TextLayers);
        _attention = new(_dimensions.AudioHeads, state / _dimensions.AudioHeads, positions, threads);
        _mel = new(positions * FramesPerPosition * _dimensions.Mels);
        (_residual, _nextResidual, _attended, _projected) = (new(positions * state), new(positions * state), new(positions * state), new(positions * 3 * state));
        _begin = OnnxEnvironment.CreateSession(EncoderGraph.Begin(file, format));
        _afterAttention = [.. Enumerable.Range(0, layers).Select(layer => new BoundSession(
            EncoderGraph.AfterAttention(file, format, layer),
            [new(EncoderGraph.Residual, ResidualAfter(layer), state), new(EncoderGraph.Attended, _attended, state)],
            [new(EncoderGraph.NextResidual, ResidualAfter(layer + 1), state), .. layer + 1 < layers ? [new(EncoderGraph.Projected, _projected, 3 * state)] : Array.Empty<BoundTensor>()]))];
        _projections = [.. Enumerable.Range(0, _dimensions.TextLayers).Select(layer => new BoundSession(
            DecoderGraphs.CrossProjection(file, format, layer),
            [new(DecoderGraphs.Residual, ResidualAfter(layers), state)],
            [new(DecoderGraphs.Projected, _projected, 2 * state)]))];
    }

    /// <summary>Encodes a window.</summary>
    /// <param name="mel">Features of the recording.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="positions">The window's length in positions of 20 ms, at most the model's 1500.</param>
    public AudioMemory Encode(LogMelSpectrogram mel, int start, int positions)
    {
        Begin(mel, start, positions);
        foreach (var afterAttention in _afterAttention)
        {
            _attention.Attend(_projected, positions, _attended);
            afterAttention.Run(positions);
        }

        var layers = new KeyValueStore[_dimensions.TextLayers];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            _projections[layer].Run(positions);
            layers[layer] = Store(positions);
        }

        return new(layers, _stores.Return);
    }

    public void Dispose()
    {
        IDisposable[] owned = [_begin, .. _afterAttention, .. _projections, _attention, _stores, _options, _mel, _residual, _nextResidual, _attended, _projected];
        Array.ForEach(owned, one => one.Dispose());
    }

    private TensorBuffer ResidualAfter(int layers) => layers % 2 == 0 ? _residual : _nextResidual;

    private void Begin(LogMelSpectrogram mel, int start, int positions)
    {
        var (frames, state) = (positions * FramesPerPosition, _dimensions.AudioState);
        mel.CopyWindow(start, _mel.Span(frames * mel.Bands), frames);
        using var input = _mel.View(1, mel.Bands, frames);
        using var residual = _residual.View(positions, state);
        using var projected = _projected.View(positions, 3 * state);
        _begin.Run(_options, [EncoderGraph.Mel], [input], [EncoderGraph.Residual, EncoderGraph.Projected], [residual, projected]);
    }

    private KeyValueStore Store(int positions)
    {
        var store = _stores.Rent();
        store.Append(_projected, positions, _parallel);
        return store;
    }
}
