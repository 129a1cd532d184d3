using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Runtime;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Whisper's decoder cut at its attentions, which <see cref="KvCache"/> does: rows of one step belong to different
/// recordings at different positions, and no operator of ONNX Runtime's CPU provider attends over caches of different
/// lengths. What is left between the cuts knows nothing of recordings; it multiplies rows by weights.
/// </summary>
internal static class DecoderGraphs
{
    public const string Residual = "residual";
    public const string Attended = "attended";
    public const string NextResidual = "next_residual";
    public const string Projected = "projected";

    /// <summary>Residual to the first self-attention's query, key and value.</summary>
    public static OnnxGraph Begin(GgmlFile file, WeightFormat format) => Build(file, format, weights =>
    {
        var residual = Rows(weights, Residual);
        Result(weights, Projected, SelfProjection(weights, weights.Norm(residual, "decoder.blocks.0.attn_ln"), 0), states: 3);
    });

    /// <summary>Self-attention's result to cross-attention's query.</summary>
    public static OnnxGraph AfterSelfAttention(GgmlFile file, WeightFormat format, int layer) => Build(file, format, weights =>
    {
        var block = $"decoder.blocks.{layer}";
        var (residual, attended) = (Rows(weights, Residual), Rows(weights, Attended));
        var (normed, sum) = weights.AddAndNorm(weights.Linear(attended, $"{block}.attn.out"), residual, $"{block}.cross_attn_ln");
        Result(weights, NextResidual, sum);
        Result(weights, Projected, weights.Linear(normed, $"{block}.cross_attn.query"));
    });

    /// <summary>Cross-attention's result to the next layer's query, key and value, or to the last norm.</summary>
    public static OnnxGraph AfterCrossAttention(GgmlFile file, WeightFormat format, int layer) => Build(file, format, weights =>
    {
        var block = $"decoder.blocks.{layer}";
        var last = layer + 1 == weights.Dimensions.TextLayers;
        var (residual, attended) = (Rows(weights, Residual), Rows(weights, Attended));
        var (normed, sum) = weights.AddAndNorm(weights.Linear(attended, $"{block}.cross_attn.out"), residual, $"{block}.mlp_ln");
        (normed, sum) = weights.AddAndNorm(weights.FeedForward(normed, block), sum, last ? "decoder.ln" : $"decoder.blocks.{layer + 1}.attn_ln");
        Result(weights, NextResidual, sum);
        Result(weights, Projected, last ? normed : SelfProjection(weights, normed, layer + 1), last ? 1 : 3);
    });

    /// <summary>The last norm's result to the logits of the special tokens.</summary>
    public static OnnxGraph SpecialLogits(GgmlFile file) => Build(file, WeightFormat.Single, weights =>
    {
        var vocabulary = weights.Dimensions.Vocabulary;
        var firstSpecial = new WhisperTokens(vocabulary).EndOfText;
        weights.Output(Projected, weights.Product(Rows(weights, Residual), "decoder.token_embedding.weight", firstSpecial..), vocabulary - firstSpecial);
    });

    /// <summary>The encoder's output to the keys and values of a layer's cross-attention, side by side.</summary>
    public static OnnxGraph CrossProjection(GgmlFile file, WeightFormat format, int layer) => Build(file, format, weights =>
        Result(weights, Projected, weights.Linear(Rows(weights, Residual), $"decoder.blocks.{layer}.cross_attn.key", $"decoder.blocks.{layer}.cross_attn.value"), 2));

    private static OnnxGraph Build(GgmlFile file, WeightFormat format, Action<WeightSource> add)
    {
        var graph = new OnnxGraph();
        add(new WeightSource(file, graph, format));
        return graph;
    }

    private static string Rows(WeightSource weights, string name) => weights.Input(name, "rows", weights.Dimensions.TextState);

    private static void Result(WeightSource weights, string name, string value, int states = 1) =>
        weights.Output(name, value, states * weights.Dimensions.TextState);

    private static string SelfProjection(WeightSource weights, string x, int layer) =>
        weights.Linear(x, $"decoder.blocks.{layer}.attn.query", $"decoder.blocks.{layer}.attn.key", $"decoder.blocks.{layer}.attn.value");
}
