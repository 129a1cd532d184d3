using System.Globalization;
using VoiceWorker.Core.Whisper;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// Whisper's encoder (OpenAI's <c>model.py</c>): two convolutions, the second halving the frames, and pre-norm
/// transformer blocks. GELU is the tanh approximation, as in whisper.cpp.
/// </summary>
internal static class EncoderGraph
{
    /// <summary>Input: <c>[1, bands, frames]</c> log-mel features.</summary>
    public const string Mel = "mel";

    /// <summary>Output: <c>[frames / 2, state]</c>.</summary>
    public const string Audio = "audio";

    public static OnnxGraph Build(GgmlFile file, WeightFormat format)
    {
        var graph = new OnnxGraph();
        var weights = new WeightSource(file, graph, format);
        var d = weights.Dimensions;
        var mel = graph.Input(Mel, OnnxType.Float, "1", d.Mels.ToString(CultureInfo.InvariantCulture), "frames");
        var x = Flatten(graph, Convolve(weights, Convolve(weights, mel, "encoder.conv1", stride: 1), "encoder.conv2", stride: 2), d.AudioState);
        x = AddPositions(weights, x);

        var normed = weights.Norm(x, "encoder.blocks.0.attn_ln");
        for (var layer = 0; layer < d.AudioLayers; layer++)
        {
            var block = $"encoder.blocks.{layer}";
            var after = layer + 1 < d.AudioLayers ? $"encoder.blocks.{layer + 1}.attn_ln" : "encoder.ln_post";
            (normed, x) = weights.AddAndNorm(Attend(weights, normed, $"{block}.attn"), x, $"{block}.mlp_ln");
            (normed, x) = weights.AddAndNorm(weights.FeedForward(normed, block), x, after);
        }

        graph.Node("Identity", "", [normed], [Audio]);
        graph.Output(Audio, OnnxType.Float, "positions", d.AudioState.ToString(CultureInfo.InvariantCulture));
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

    private static string Attend(WeightSource weights, string x, string layer)
    {
        var (graph, d) = (weights.Graph, weights.Dimensions);
        var batch = graph.Constant(1, -1, d.AudioState);
        string Project(string part) => graph.Node("Reshape", [weights.Linear(x, $"{layer}.{part}"), batch]);
        var attended = graph.Microsoft("MultiHeadAttention", [Project("query"), Project("key"), Project("value")], OnnxAttribute.Of("num_heads", d.AudioHeads));
        return weights.Linear(graph.Node("Reshape", [attended, graph.Constant(-1, d.AudioState)]), $"{layer}.out");
    }
}
