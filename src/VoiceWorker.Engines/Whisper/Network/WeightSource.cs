using System.Runtime.InteropServices;
using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>Puts tensors of a model file into a graph.</summary>
internal sealed class WeightSource(GgmlFile file, OnnxGraph graph)
{
    /// <summary>The graph that the weights go to.</summary>
    public OnnxGraph Graph => graph;

    /// <summary>Dimensions of the model.</summary>
    public WhisperDimensions Dimensions => file.Contents.Dimensions;

    /// <summary>A tensor as it is stored.</summary>
    public string Tensor(string name) => Tensor(name, [.. Shape(name).Select(d => (long)d)]);

    /// <summary>A tensor under another shape of the same size.</summary>
    public string Tensor(string name, params long[] shape) => graph.Weight(OnnxType.Float, Read(name), shape);

    /// <summary>y = x W' + b, for one layer or for several side by side in one product.</summary>
    /// <param name="x">Shape [rows, inputs].</param>
    /// <param name="layers">Names; a layer without bias gets zeros.</param>
    public string Linear(string x, params string[] layers)
    {
        var shape = Shape($"{layers[0]}.weight");
        byte[] weights = [.. layers.SelectMany(layer => Read($"{layer}.weight"))];
        byte[] bias = [.. layers.SelectMany(layer => Has($"{layer}.bias") ? Read($"{layer}.bias") : new byte[shape[0] * sizeof(float)])];
        return graph.Node("Gemm",
            [x, graph.Weight(OnnxType.Float, weights, shape[0] * layers.Length, shape[1]), graph.Weight(OnnxType.Float, bias, shape[0] * layers.Length)],
            OnnxAttribute.Of("transB", 1));
    }

    /// <summary>y = x W' without the bias, for what adds it later.</summary>
    public string Product(string x, string layer) =>
        graph.Node("Gemm", [x, Tensor($"{layer}.weight")], OnnxAttribute.Of("transB", 1));

    /// <summary>A layer norm.</summary>
    public string Norm(string x, string layer) =>
        graph.Node("LayerNormalization", [x, Tensor($"{layer}.weight"), Tensor($"{layer}.bias")], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", 1e-5f));

    /// <summary>Adds a product without bias, the bias of its layer and a residual; then a layer norm.</summary>
    /// <returns>The normed sum, and the sum itself.</returns>
    public (string Normed, string Sum) AddAndNorm(string product, string biasOf, string residual, string norm)
    {
        var outputs = graph.Node("SkipLayerNormalization", "com.microsoft",
            [product, residual, Tensor($"{norm}.weight"), Tensor($"{norm}.bias"), Tensor($"{biasOf}.bias")], 4, OnnxAttribute.Of("epsilon", 1e-5f));
        return (outputs[0], outputs[3]);
    }

    /// <summary>The two products of a block's feed-forward part; the second one's bias is left to <see cref="AddAndNorm"/>.</summary>
    public string FeedForward(string x, string block)
    {
        var wide = graph.Microsoft("FastGelu", [Product(x, $"{block}.mlp.0"), Tensor($"{block}.mlp.0.bias")]);
        return Product(wide, $"{block}.mlp.2");
    }

    private IReadOnlyList<int> Shape(string name) => file.Contents.Tensors[name].Shape;

    private bool Has(string name) => file.Contents.Tensors.ContainsKey(name);

    private byte[] Read(string name)
    {
        var bytes = new byte[file.Contents.Tensors[name].Count * sizeof(float)];
        file.ReadTensor(name, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        return bytes;
    }
}
