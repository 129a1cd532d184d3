using System.Globalization;
using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// Whisper's encoder (OpenAI's <c>model.py</c>): two convolutions, the second halving the frames, and pre-norm
/// transformer blocks, cut at their attentions, which <see cref="SelfAttention"/> does. GELU is the tanh approximation, as
/// in whisper.cpp.
/// </summary>
internal static class EncoderGraph
{
    public const string Mel = "mel";
    public const string Residual = "residual";
    public const string Attended = "attended";
    public const string NextResidual = "next_residual";
    public const string Projected = "projected";

    /// <summary>Log-mel features <c>[1, bands, frames]</c> to the residual and to the first attention's queries, keys and values.</summary>
    public static OnnxGraph Begin(GgmlFile file, WeightFormat format)
    {
        var weights = new WeightSource(file, new OnnxGraph(), format);
        var (graph, d) = (weights.Graph, weights.Dimensions);
        var mel = graph.Input(Mel, OnnxType.Float, "1", d.Mels.ToString(CultureInfo.InvariantCulture), "frames");
        var x = Flatten(graph, Convolve(weights, Convolve(weights, mel, "encoder.conv1", stride: 1), "encoder.conv2", stride: 2), d.AudioState);
        x = AddPositions(weights, x);
        Result(weights, Residual, x, 1);
        Result(weights, Projected, Project(weights, weights.Norm(x, "encoder.blocks.0.attn_ln"), 0), 3);
        return graph;
    }

    /// <summary>A layer's attention to the next one's queries, keys and values; after the last layer, to what the decoder attends to.</summary>
    public static OnnxGraph AfterAttention(GgmlFile file, WeightFormat format, int layer)
    {
        var weights = new WeightSource(file, new OnnxGraph(), format);
        var (block, last) = ($"encoder.blocks.{layer}", layer + 1 == weights.Dimensions.AudioLayers);
        var (residual, attended) = (Rows(weights, Residual), Rows(weights, Attended));
        var (normed, sum) = weights.AddAndNorm(weights.Linear(attended, $"{block}.attn.out"), residual, $"{block}.mlp_ln");
        (normed, sum) = weights.AddAndNorm(weights.FeedForward(normed, block), sum, last ? "encoder.ln_post" : $"encoder.blocks.{layer + 1}.attn_ln");
        Result(weights, NextResidual, last ? normed : sum, 1);
        if (!last)
            Result(weights, Projected, Project(weights, normed, layer + 1), 3);
        return weights.Graph;
    }

    private static string Project(WeightSource weights, string x, int layer) =>
        weights.Linear(x, $"encoder.blocks.{layer}.attn.query", $"encoder.blocks.{layer}.attn.key", $"encoder.blocks.{layer}.attn.value");

    private static string Rows(WeightSource weights, string name) => weights.Graph.Input(name, OnnxType.Float, "positions", Width(weights, 1));

    private static void Result(WeightSource weights, string name, string value, int states)
    {
        weights.Graph.Node("Identity", "", [value], [name]);
        weights.Graph.Output(name, OnnxType.Float, "positions", Width(weights, states));
    }

    private static string Width(WeightSource weights, int states) => (states * weights.Dimensions.AudioState).ToString(CultureInfo.InvariantCulture);

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
