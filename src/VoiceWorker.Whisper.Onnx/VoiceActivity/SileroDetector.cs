using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Onnx.VoiceActivity;

/// <summary>Finds speech with Silero's network, which is loaded when it is first needed.</summary>
internal sealed class SileroDetector : ISpeechDetector, IDisposable
{
    private readonly Lazy<SileroNetwork> _network = new(() => new SileroNetwork());

    /// <inheritdoc/>
    public IReadOnlyList<SpeechSpan> Detect(ReadOnlySpan<float> samples, CancellationToken cancellationToken)
    {
        try
        {
            var offset = samples.IsEmpty ? 0 : TensorPrimitives.Sum(samples) / samples.Length;
            return SpeechFrames.Join(_network.Value.Probabilities(samples, offset, cancellationToken), SileroNetwork.FrameLength, samples.Length);
        }
        catch (OnnxRuntimeException exception)
        {
            throw EngineException.Transient(ErrorCode.RecognitionFailed, $"the network for voice activity detection failed: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        if (_network.IsValueCreated)
            _network.Value.Dispose();
    }
}
