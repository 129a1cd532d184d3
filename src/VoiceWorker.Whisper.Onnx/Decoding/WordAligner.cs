using System.Numerics.Tensors;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Network;
using VoiceWorker.Whisper.Onnx.Scheduling;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>
/// Finds when each token of a written text is spoken, as OpenAI's <c>timing.py</c> does: the decoder reads the text once
/// more, and dynamic time warping finds the way through what its upper layers listened to.
/// </summary>
/// <param name="task">What a text without timestamps begins with: start of transcript, language, task.</param>
/// <param name="text">The text tokens.</param>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="dimensions">The model's.</param>
internal sealed class WordAligner(IReadOnlyList<int> task, IReadOnlyList<int> text, WhisperTokens tokens, WhisperDimensions dimensions) : ITextWriter
{
    private const int MedianWidth = 7;

    /// <inheritdoc/>
    public IReadOnlyList<int> Prompt { get; } = [.. task, tokens.NoTimestamps, .. text, tokens.EndOfText];

    /// <inheritdoc/>
    public AttentionTrace Trace { get; } = new(dimensions.TextLayers, dimensions.TextHeads, task.Count + text.Count + 2);

    /// <inheritdoc/>
    public bool Observes(int promptIndex) => false;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> logits)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Branch> Next(Span<float> logits) => [];

    /// <summary>When the tokens begin, once the text has been read: an encoder position for each, and where the last one ends.</summary>
    /// <param name="positions">Positions that hold sound.</param>
    public int[] Align(int positions)
    {
        // A token is heard when it is about to be said: while the one before it is read.
        var rows = text.Count + 1;
        var sum = new float[rows * positions];
        for (var head = 0; head < Trace.Heads; head++)
            TensorPrimitives.Add(sum, Prominence(head, rows, positions), sum);
        return DynamicTimeWarping.FirstColumns(sum, rows);
    }

    // How far a head's attention to a position stands out among the tokens, without outliers.
    private float[] Prominence(int head, int rows, int positions)
    {
        var weights = new float[rows * positions];
        for (var row = 0; row < rows; row++)
            Trace[head, task.Count + row][..positions].CopyTo(weights.AsSpan(row * positions));

        for (var position = 0; position < positions; position++)
        {
            double mean = 0, squares = 0;
            for (var i = position; i < weights.Length; i += positions)
                (mean, squares) = (mean + (weights[i] / rows), squares + ((double)weights[i] * weights[i] / rows));
            var deviation = Math.Sqrt(Math.Max(squares - (mean * mean), 1e-12));
            for (var i = position; i < weights.Length; i += positions)
                weights[i] = (float)((weights[i] - mean) / deviation);
        }

        var filtered = new float[weights.Length];
        for (var row = 0; row < rows; row++)
            Median(weights.AsSpan(row * positions, positions), filtered.AsSpan(row * positions, positions));
        return filtered;
    }

    private static void Median(ReadOnlySpan<float> values, Span<float> result)
    {
        Span<float> near = stackalloc float[MedianWidth];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = 0; k < MedianWidth; k++)
                near[k] = values[Math.Clamp(i + k - (MedianWidth / 2), 0, values.Length - 1)];
            near.Sort();
            result[i] = near[MedianWidth / 2];
        }
    }
}
