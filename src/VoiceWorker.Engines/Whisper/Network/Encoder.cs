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
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly KeyValueStorePool _stores;
    private readonly TensorBuffer _mel;
    private readonly TensorBuffer _audio;
    private readonly TensorBuffer _projected;
    private readonly BoundSession[] _projections;

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
        _mel = new(positions * FramesPerPosition * _dimensions.Mels);
        _audio = new(positions * state);
        _projected = new(positions * 2 * state);
        _session = OnnxEnvironment.CreateSession(EncoderGraph.Build(file, format));
        _projections = [.. Enumerable.Range(0, _dimensions.TextLayers).Select(layer => new BoundSession(
            DecoderGraphs.CrossProjection(file, format, layer),
            [new(DecoderGraphs.Residual, _audio, state)],
            [new(DecoderGraphs.Projected, _projected, 2 * state)]))];
    }

    /// <summary>Encodes a window.</summary>
    /// <param name="mel">Features of the recording.</param>
    /// <param name="start">The window's first frame.</param>
    /// <param name="positions">The window's length in positions of 20 ms, at most the model's 1500.</param>
    public AudioMemory Encode(LogMelSpectrogram mel, int start, int positions)
    {
        var (frames, state) = (positions * FramesPerPosition, _dimensions.AudioState);
        mel.CopyWindow(start, _mel.Span(frames * mel.Bands), frames);
        using (var input = _mel.View(1, mel.Bands, frames))
        using (var output = _audio.View(positions, state))
            _session.Run(_options, [EncoderGraph.Mel], [input], [EncoderGraph.Audio], [output]);

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
        foreach (var projection in _projections)
            projection.Dispose();
        _session.Dispose();
        _stores.Dispose();
        _options.Dispose();
        foreach (var buffer in new[] { _mel, _audio, _projected })
            buffer.Dispose();
    }

    private KeyValueStore Store(int positions)
    {
        var store = _stores.Rent();
        store.Append(_projected, positions, _parallel);
        return store;
    }
}
