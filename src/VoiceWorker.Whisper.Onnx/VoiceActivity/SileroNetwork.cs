using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.VoiceActivity;

/// <summary>
/// Silero's network for voice activity detection (github.com/snakers4/silero-vad, version 6), rebuilt so that one run
/// takes many frames (<c>models/silero</c>). Thread-safe.
/// </summary>
internal sealed class SileroNetwork : IDisposable
{
    /// <summary>Samples that have one probability: 32 ms at 16 kHz.</summary>
    public const int FrameLength = 512;

    private const string Resource = "silero_vad_v6_16k.onnx";
    private const int Context = 64;
    private const int StateSize = 128;

    // Four seconds: more in one run takes memory and saves no time.
    private const int FramesPerRun = 128;

    private static readonly string[] Inputs = ["samples", "h", "c"];
    private static readonly string[] Outputs = ["probabilities", "next_h", "next_c"];
    private static readonly long[] StateShape = [1, 1, StateSize];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    /// <summary>Loads the network, which is a part of the program.</summary>
    public SileroNetwork()
    {
        using var resource = typeof(SileroNetwork).Assembly.GetManifestResourceStream(Resource)!;
        var model = new byte[resource.Length];
        resource.ReadExactly(model);
        OnnxEnvironment.EnsureCreated(Environment.ProcessorCount);
        _session = OnnxEnvironment.CreateSession(model);
    }

    /// <summary>How probable speech is in each frame.</summary>
    /// <param name="samples">Mono at 16 kHz; silence fills the last frame up.</param>
    /// <param name="offset">What is taken off each sample: the offset of a cheap microphone, if it has one.</param>
    /// <param name="cancellationToken">Ends the work between two runs.</param>
    public float[] Probabilities(ReadOnlySpan<float> samples, float offset, CancellationToken cancellationToken)
    {
        var probabilities = new float[(samples.Length + FrameLength - 1) / FrameLength];
        using var memory = new PooledMemory<float>(Context + (Math.Min(probabilities.Length, FramesPerRun) * FrameLength));
        var (h, c) = (new float[StateSize], new float[StateSize]);
        for (var first = 0; first < probabilities.Length; first += FramesPerRun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var frames = probabilities.AsSpan(first, Math.Min(FramesPerRun, probabilities.Length - first));
            var input = memory.Memory[..(Context + (frames.Length * FrameLength))];
            Load(samples, (first * FrameLength) - Context, offset, input.Span);
            Run(input, h, c, frames);
        }

        return probabilities;
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static void Load(ReadOnlySpan<float> samples, int start, float offset, Span<float> input)
    {
        var (from, to) = (Math.Max(start, 0), Math.Min(start + input.Length, samples.Length));
        input[..(from - start)].Clear();
        TensorPrimitives.Subtract(samples[from..to], offset, input[(from - start)..]);
        input[(to - start)..].Clear();
    }

    private void Run(Memory<float> input, float[] h, float[] c, Span<float> probabilities)
    {
        using var samples = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, [input.Length]);
        using var lastH = OrtValue.CreateTensorValueFromMemory(h, StateShape);
        using var lastC = OrtValue.CreateTensorValueFromMemory(c, StateShape);
        using var outputs = _session.Run(_options, Inputs, [samples, lastH, lastC], Outputs);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(probabilities);
        outputs[1].GetTensorDataAsSpan<float>().CopyTo(h);
        outputs[2].GetTensorDataAsSpan<float>().CopyTo(c);
    }
}
