using Microsoft.ML.OnnxRuntime;

namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>
/// A session whose inputs and outputs always lie in the same buffers, with a varying number of rows. The bindings are
/// made once for each number of rows, so that a run neither allocates nor copies. Not thread-safe.
/// </summary>
internal sealed class BoundSession(OnnxGraph graph, BoundTensor[] inputs, BoundTensor[] outputs) : IDisposable
{
    private readonly InferenceSession _session = OnnxEnvironment.CreateSession(graph);
    private readonly RunOptions _options = new();
    private readonly Dictionary<int, OrtIoBinding> _bindings = [];

    /// <summary>Runs over the first rows of the buffers.</summary>
    public void Run(int rows)
    {
        if (!_bindings.TryGetValue(rows, out var binding))
            _bindings.Add(rows, binding = Bind(rows));
        _session.RunWithBinding(_options, binding);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings.Values)
            binding.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private OrtIoBinding Bind(int rows)
    {
        var binding = _session.CreateIoBinding();
        foreach (var (name, buffer, width) in inputs)
        {
            using var view = buffer.View(rows, width);
            binding.BindInput(name, view);
        }

        foreach (var (name, buffer, width) in outputs)
        {
            using var view = buffer.View(rows, width);
            binding.BindOutput(name, view);
        }

        return binding;
    }
}
