using System.Globalization;
using System.Runtime.InteropServices;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>Puts tensors of a model file into a graph, and the operators that go with them.</summary>
internal sealed class WeightSource(GgmlFile file, OnnxGraph graph, WeightFormat format)
{
    /// <summary>The graph that the weights go to.</summary>
    public OnnxGraph Graph => graph;

    /// <summary>Dimensions of the model.</summary>
    public WhisperDimensions Dimensions => file.Contents.Dimensions;

    /// <summary>An input of the graph: <c>[rows, width]</c>.</summary>
    public string Input(string name, string rows, int width) => graph.Input(name, OnnxType.Float, rows, width.ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes a value an output of the graph: <c>[rows, width]</c>.</summary>
    public void Output(string name, string value, int width)
    {
        graph.Node("Identity", "", [value], [name]);
        graph.Output(name, OnnxType.Float, "rows", width.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A tensor as it is stored.</summary>
    public string Tensor(string name) => Tensor(name, [.. Shape(name).Select(d => (long)d)]);

    /// <summary>A tensor under another shape of the same size.</summary>
    public string Tensor(string name, params long[] shape) => graph.Weight(OnnxType.Float, Read(name), shape);

    /// <summary>y = x W' + b, for one layer or for several side by side in one product.</summary>
    /// <param name="x">Shape [rows, inputs].</param>
    /// <param name="layers">Names; a layer without bias gets zeros.</param>
    public string Linear(string x, params string[] layers)
    {
        var (outputs, inputs) = (Shape($"{layers[0]}.weight")[0], Shape($"{layers[0]}.weight")[1]);
        var weights = Read([.. layers.Select(layer => $"{layer}.weight")], outputs * inputs);
        var biases = Read([.. layers.Select(layer => $"{layer}.bias")], outputs);
        return Multiply(x, weights, inputs, graph.Weight(OnnxType.Float, biases, layers.Length * outputs));
    }

    /// <summary>y = x W' of some rows of a matrix, without bias.</summary>
    public string Product(string x, string matrix, Range rows)
    {
        var (offset, length) = rows.GetOffsetAndLength(Shape(matrix)[0]);
        var rowBytes = Shape(matrix)[1] * sizeof(float);
        return Multiply(x, Read(matrix).AsMemory(offset * rowBytes, length * rowBytes), Shape(matrix)[1], bias: "");
    }

    /// <summary>A layer norm.</summary>
    public string Norm(string x, string layer) =>
        graph.Node("LayerNormalization", [x, Tensor($"{layer}.weight"), Tensor($"{layer}.bias")], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", 1e-5f));

    /// <summary>Adds a residual; then a layer norm.</summary>
    /// <returns>The normed sum, and the sum itself.</returns>
    public (string Normed, string Sum) AddAndNorm(string x, string residual, string norm)
    {
        var sum = graph.Node("Add", [x, residual]);
        return (Norm(sum, norm), sum);
    }

    /// <summary>A block's feed-forward part.</summary>
    public string FeedForward(string x, string block) =>
        Linear(graph.Microsoft("FastGelu", [Linear(x, $"{block}.mlp.0")]), $"{block}.mlp.2");

    private string Multiply(string x, ReadOnlyMemory<byte> matrix, int inputs, string bias)
    {
        var values = MemoryMarshal.Cast<byte, float>(matrix.Span);
        var outputs = values.Length / inputs;
        switch (format)
        {
            case WeightFormat.Block8:
                var (blocks, blockScales, block) = WeightQuantizer.ToBlocks(values, inputs);
                return graph.Microsoft("MatMulNBits", [x, graph.Weight(OnnxType.UInt8, blocks, outputs, inputs / block, block), Scales(blockScales), "", "", bias],
                    OnnxAttribute.Of("K", inputs), OnnxAttribute.Of("N", outputs), OnnxAttribute.Of("bits", 8), OnnxAttribute.Of("block_size", block), OnnxAttribute.Of("accuracy_level", 4));
            case WeightFormat.Int8:
                var (columns, columnScales) = WeightQuantizer.ToColumns(values, inputs);
                return graph.Microsoft("DynamicQuantizeMatMul", [x, graph.Weight(OnnxType.Int8, columns, inputs, outputs), Scales(columnScales), "", bias]);
            default:
                return graph.Node("Gemm", [x, graph.Weight(OnnxType.Float, matrix, outputs, inputs), bias], OnnxAttribute.Of("transB", 1));
        }
    }

    private string Scales(float[] scales) => graph.Weight(OnnxType.Float, MemoryMarshal.AsBytes(scales.AsSpan()).ToArray(), scales.Length);

    private IReadOnlyList<int> Shape(string name) => file.Contents.Tensors[name].Shape;

    private byte[] Read(string name) => Read([name], file.Contents.Tensors[name].Count);

    // One tensor behind the other; zeros for one that the model does not have.
    private byte[] Read(string[] names, int count)
    {
        var bytes = new byte[names.Length * count * sizeof(float)];
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (var i = 0; i < names.Length; i++)
        {
            if (file.Contents.Tensors.ContainsKey(names[i]))
                file.ReadTensor(names[i], values.Slice(i * count, count));
        }

        return bytes;
    }
}
