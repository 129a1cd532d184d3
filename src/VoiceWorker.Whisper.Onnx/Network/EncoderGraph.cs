using System.Globalization;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Whisper's encoder (OpenAI's <c>model.py</c>): two convolutions, the second halving the frames, and pre-norm
/// transformer blocks. GELU is the tanh approximation, as in whisper.cpp. All but the keys and
/// values of a layer can be computed for some positions at a time.
/// </summary>
internal static class EncoderGraph
{
    /// <summary><c>[1, bands, frames]</c> log-mel features.</summary>
    public const string Mel = "mel";

    /// <summary>What a layer reads: <c>[positions, state]</c>.</summary>
    public static readonly string[] States = ["residual", "normed"];

    /// <summary>The same for the next layer.</summary>
    public static readonly string[] NextStates = ["next_residual", "next_normed"];

    /// <summary>Keys and values of all positions: <c>[positions, state]</c>, which a layer reads as <c>[1, positions, state]</c>.</summary>
    public static readonly string[] KeysAndValues = ["keys", "values"];

    /// <summary>Features to what the first layer reads.</summary>
    public static OnnxGraph Begin(GgmlFile file, WeightFormat format)
    {
        var weights = new WeightSource(file, new OnnxGraph(), format);
        var (graph, d) = (weights.Graph, weights.Dimensions);
        var mel = graph.Input(Mel, OnnxType.Float, "1", d.Mels.ToString(CultureInfo.InvariantCulture), "frames");
        var x = Flatten(graph, Convolve(weights, Convolve(weights, mel, "encoder.conv1", stride: 1), "encoder.conv2", stride: 2), d.AudioState);
        x = AddPositions(weights, x);
        weights.Output(NextStates[0], x, d.AudioState);
        weights.Output(NextStates[1], weights.Norm(x, "encoder.blocks.0.attn_ln"), d.AudioState);
        return graph;
    }

    /// <summary>Keys and values of a layer's attention.</summary>
    public static OnnxGraph ProjectKeysAndValues(GgmlFile file, WeightFormat format, int layer)
    {
        var weights = new WeightSource(file, new OnnxGraph(), format);
        var state = weights.Dimensions.AudioState;
        var normed = weights.Input(States[1], "rows", state);
        foreach (var (output, part) in KeysAndValues.Zip(["key", "value"]))
            weights.Output(output, weights.Linear(normed, $"encoder.blocks.{layer}.attn.{part}"), state);
        return weights.Graph;
    }

    /// <summary>A layer for some of the positions.</summary>
    public static OnnxGraph Layer(GgmlFile file, WeightFormat format, int layer)
    {
        var weights = new WeightSource(file, new OnnxGraph(), format);
        var (graph, d, block) = (weights.Graph, weights.Dimensions, $"encoder.blocks.{layer}");
        var (residual, normed) = (weights.Input(States[0], "rows", d.AudioState), weights.Input(States[1], "rows", d.AudioState));
        string[] keysAndValues = [.. KeysAndValues.Select(name => graph.Input(name, OnnxType.Float, "1", "positions", d.AudioState.ToString(CultureInfo.InvariantCulture)))];
        var query = graph.Node("Reshape", [weights.Linear(normed, $"{block}.attn.query"), graph.Constant(1, -1, d.AudioState)]);
        var attended = graph.Microsoft("MultiHeadAttention", [query, .. keysAndValues], OnnxAttribute.Of("num_heads", d.AudioHeads));
        var projected = weights.Linear(graph.Node("Reshape", [attended, graph.Constant(-1, d.AudioState)]), $"{block}.attn.out");
        (normed, var sum) = weights.AddAndNorm(projected, residual, $"{block}.mlp_ln");
        (normed, sum) = weights.AddAndNorm(weights.FeedForward(normed, block), sum, layer + 1 == d.AudioLayers ? "encoder.ln_post" : $"encoder.blocks.{layer + 1}.attn_ln");
        weights.Output(NextStates[0], sum, d.AudioState);
        weights.Output(NextStates[1], normed, d.AudioState);
        return graph;
    }

    private static string Convolve(WeightSource weights, string x, string layer, int stride)
    {
        var state = weights.Dimensions.AudioState;
        var y = weights.Graph.Node("Conv", [x, weights.Tensor($"{layer}.weight"), weights.Tensor($"{layer}.bias", state)],
            OnnxAttribute.Of("kernel_shape", [3]), OnnxAttribute.Of("pads", [1, 1]), OnnxAttribute.Of("strides", [stride]));
        return weights.Graph.Microsoft("FastGelu", [y]);
    }

    private static string Flatten(OnnxGraph graph, string x, int state) =>
        graph.Node("Reshape", [graph.Node("Transpose", [x], OnnxAttribute.Of("perm", 0, 2, 1)), graph.Constant(-1, state)]);

    private static string AddPositions(WeightSource weights, string x)
    {
        var graph = weights.Graph;
        var count = graph.Node("Shape", [x], OnnxAttribute.Of("start", 0), OnnxAttribute.Of("end", 1));
        var positions = graph.Node("Slice", [weights.Tensor("encoder.positional_embedding"), graph.Constant(0), count, graph.Constant(0)]);
        return graph.Node("Add", [x, positions]);
    }
}
