namespace VoiceWorker.Whisper.Ggml;

/// <summary>Every tensor that a whisper model of given dimensions consists of.</summary>
internal static class WhisperTensors
{
    /// <summary>Name to type and row-major shape.</summary>
    public static Dictionary<string, (GgmlType Type, int[] Shape)> Expected(WhisperDimensions d)
    {
        var all = new Dictionary<string, (GgmlType, int[])>(StringComparer.Ordinal);
        var state = d.AudioState;

        void Vector(string name, params int[] shape) => all.Add(name, (GgmlType.F32, shape));
        void Matrix(string name, int rows, int columns) => all.Add(name, (d.MatrixType, [rows, columns]));
        void Convolution(string name, int inputs) => all.Add(name, (d.ConvolutionType, [state, inputs, 3]));

        void Norm(string name)
        {
            Vector($"{name}.weight", state);
            Vector($"{name}.bias", state);
        }

        void Linear(string name, int outputs, int inputs, bool bias = true)
        {
            Matrix($"{name}.weight", outputs, inputs);
            if (bias)
                Vector($"{name}.bias", outputs);
        }

        void Attention(string name)
        {
            Norm($"{name}_ln");
            Linear($"{name}.query", state, state);
            Linear($"{name}.key", state, state, bias: false);
            Linear($"{name}.value", state, state);
            Linear($"{name}.out", state, state);
        }

        void Block(string name, bool cross)
        {
            Attention($"{name}.attn");
            if (cross)
                Attention($"{name}.cross_attn");
            Norm($"{name}.mlp_ln");
            Linear($"{name}.mlp.0", 4 * state, state);
            Linear($"{name}.mlp.2", state, 4 * state);
        }

        Vector("encoder.positional_embedding", d.AudioContext, state);
        Convolution("encoder.conv1.weight", d.Mels);
        Vector("encoder.conv1.bias", state, 1);
        Convolution("encoder.conv2.weight", state);
        Vector("encoder.conv2.bias", state, 1);
        Norm("encoder.ln_post");
        for (var layer = 0; layer < d.AudioLayers; layer++)
            Block($"encoder.blocks.{layer}", cross: false);

        Vector("decoder.positional_embedding", d.TextContext, state);
        Matrix("decoder.token_embedding.weight", d.Vocabulary, state);
        Norm("decoder.ln");
        for (var layer = 0; layer < d.TextLayers; layer++)
            Block($"decoder.blocks.{layer}", cross: true);
        return all;
    }
}
