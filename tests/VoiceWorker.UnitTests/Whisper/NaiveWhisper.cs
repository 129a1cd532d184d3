using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Whisper written down from its definition (OpenAI's <c>model.py</c>, tanh GELU), in double precision, without any cleverness.</summary>
internal sealed class NaiveWhisper(GgmlFile file)
{
    private readonly WhisperDimensions _d = file.Contents.Dimensions;

    /// <summary>Features [frames][bands] to audio [frames / 2][state].</summary>
    public double[][] Encode(double[][] mel)
    {
        var x = Convolve(Convolve(mel, "encoder.conv1", 1), "encoder.conv2", 2);
        x = Add(x, Rows("encoder.positional_embedding")[..x.Length]);
        for (var layer = 0; layer < _d.AudioLayers; layer++)
        {
            var block = $"encoder.blocks.{layer}";
            var normed = Norm(x, $"{block}.attn_ln");
            x = Add(x, Attend(normed, normed, $"{block}.attn", _d.AudioHeads, causal: false));
            x = Add(x, FeedForward(x, block));
        }

        return Norm(x, "encoder.ln_post");
    }

    /// <summary>Tokens and audio to logits [tokens][vocabulary].</summary>
    public double[][] Decode(int[] tokens, double[][] audio)
    {
        var (embedding, positions) = (Rows("decoder.token_embedding.weight"), Rows("decoder.positional_embedding"));
        var x = tokens.Select((token, i) => Add(embedding[token], positions[i])).ToArray();
        for (var layer = 0; layer < _d.TextLayers; layer++)
        {
            var block = $"decoder.blocks.{layer}";
            var normed = Norm(x, $"{block}.attn_ln");
            x = Add(x, Attend(normed, normed, $"{block}.attn", _d.TextHeads, causal: true));
            x = Add(x, Attend(Norm(x, $"{block}.cross_attn_ln"), audio, $"{block}.cross_attn", _d.TextHeads, causal: false));
            x = Add(x, FeedForward(x, block));
        }

        return Multiply(Norm(x, "decoder.ln"), embedding);
    }

    private double[][] Convolve(double[][] x, string layer, int stride)
    {
        var (weights, bias, inputs) = (Read($"{layer}.weight"), Read($"{layer}.bias"), x[0].Length);
        return [.. Enumerable.Range(0, (x.Length + stride - 1) / stride).Select(t => Enumerable.Range(0, _d.AudioState).Select(o =>
        {
            var sum = (double)bias[o];
            for (var k = 0; k < 3; k++)
            {
                var at = (t * stride) + k - 1;
                for (var i = 0; at >= 0 && at < x.Length && i < inputs; i++)
                    sum += x[at][i] * weights[(((o * inputs) + i) * 3) + k];
            }

            return Gelu(sum);
        }).ToArray())];
    }

    private double[][] Attend(double[][] x, double[][] source, string layer, int heads, bool causal)
    {
        var (q, k, v) = (Linear(x, $"{layer}.query"), Linear(source, $"{layer}.key"), Linear(source, $"{layer}.value"));
        var width = _d.AudioState / heads;
        var result = x.Select((_, t) => Enumerable.Range(0, _d.AudioState).Select(i =>
        {
            var first = i / width * width;
            var scores = Enumerable.Range(0, causal ? t + 1 : source.Length)
                .Select(s => Math.Exp(Enumerable.Range(first, width).Sum(j => q[t][j] * k[s][j]) / Math.Sqrt(width))).ToArray();
            return scores.Select((score, s) => score * v[s][i]).Sum() / scores.Sum();
        }).ToArray()).ToArray();
        return Linear(result, $"{layer}.out");
    }

    private double[][] FeedForward(double[][] x, string block)
    {
        var wide = Linear(Norm(x, $"{block}.mlp_ln"), $"{block}.mlp.0");
        return Linear([.. wide.Select(row => row.Select(Gelu).ToArray())], $"{block}.mlp.2");
    }

    private double[][] Norm(double[][] x, string layer)
    {
        var (weight, bias) = (Read($"{layer}.weight"), Read($"{layer}.bias"));
        return [.. x.Select(row =>
        {
            var mean = row.Average();
            var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + 1e-5);
            return row.Select((value, i) => ((value - mean) / deviation * weight[i]) + bias[i]).ToArray();
        })];
    }

    private double[][] Linear(double[][] x, string layer)
    {
        var product = Multiply(x, Rows($"{layer}.weight"));
        return file.Contents.Tensors.ContainsKey($"{layer}.bias")
            ? [.. product.Select(row => Add(row, [.. Read($"{layer}.bias").Select(value => (double)value)]))]
            : product;
    }

    private double[][] Rows(string name)
    {
        var values = Read(name);
        return [.. values.Chunk(file.Contents.Tensors[name].Shape[^1]).Select(row => Array.ConvertAll(row, value => (double)value))];
    }

    private float[] Read(string name)
    {
        var values = new float[file.Contents.Tensors[name].Count];
        file.ReadTensor(name, values);
        return values;
    }

    private static double[][] Multiply(double[][] x, double[][] rows) => [.. x.Select(a => rows.Select(b => a.Zip(b, (p, q) => p * q).Sum()).ToArray())];

    private static double[][] Add(double[][] x, double[][] y) => [.. x.Zip(y, Add)];

    private static double[] Add(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));
}
