using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Chooses the next token: the likeliest at temperature 0, otherwise a sampled one.</summary>
/// <param name="tokens">The model's special tokens.</param>
/// <param name="random">Chance.</param>
internal sealed class TokenSampler(WhisperTokens tokens, Random random)
{
    /// <summary>Chooses.</summary>
    /// <param name="logits">What the rules left.</param>
    /// <param name="normaliser">What <see cref="LogitRules.Apply"/> returned.</param>
    /// <param name="temperature">0, or how much chance counts; the logits are already divided by it.</param>
    public Token Choose(ReadOnlySpan<float> logits, float normaliser, float temperature)
    {
        var id = temperature > 0 ? Draw(logits) : LogitMath.IndexOfMax(logits);
        var timestamp = tokens.IsTimestamp(id) ? id : tokens.FirstTimestamp + LogitMath.IndexOfMax(logits[tokens.FirstTimestamp..]);
        return new(id, logits[id] - normaliser, timestamp);
    }

    private int Draw(ReadOnlySpan<float> logits)
    {
        var all = LogitMath.LogSumExp(logits);
        var left = random.NextDouble();
        var last = 0;
        for (var id = 0; id < logits.Length; id++)
        {
            if (float.IsNegativeInfinity(logits[id]))
                continue;
            last = id;
            left -= Math.Exp(logits[id] - all);
            if (left <= 0)
                break;
        }

        return last;
    }
}
