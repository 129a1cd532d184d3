using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>
/// Which tokens may follow (OpenAI's <c>decoding.py</c>, as whisper.cpp applies it): no blank at the start, no special
/// tokens, timestamps in pairs, never going back, the first one within the first second; and a timestamp whenever all
/// timestamps together are likelier than any one text token.
/// </summary>
internal sealed class LogitRules(WhisperTokens tokens, int space)
{
    private const int MaxInitialTimestamp = 50;

    /// <summary>Puts forbidden tokens out of reach.</summary>
    /// <param name="logits">One for each token of the vocabulary; changed in place.</param>
    /// <param name="state">Where the text stands.</param>
    /// <returns>log(sum(exp(x))) of what the single-token rules left, by which probabilities are normalised.</returns>
    public float Apply(Span<float> logits, TimestampState state)
    {
        var text = logits[..tokens.EndOfText];
        var timestamps = logits[tokens.FirstTimestamp..];
        logits[tokens.StartOfTranscript..tokens.FirstTimestamp].Fill(float.NegativeInfinity);
        if (state.IsFirst)
        {
            logits[tokens.EndOfText] = float.NegativeInfinity;
            logits[space] = float.NegativeInfinity;
            timestamps[(MaxInitialTimestamp + 1)..].Fill(float.NegativeInfinity);
        }

        if (state.LastWasTimestamp)
            (state.PenultimateWasTimestamp ? timestamps : text).Fill(float.NegativeInfinity);
        timestamps[..state.Earliest].Fill(float.NegativeInfinity);

        var normaliser = LogitMath.LogSumExp(logits);
        if (LogitMath.LogSumExp(timestamps) > LogitMath.Max(logits[..tokens.FirstTimestamp]))
            logits[..tokens.FirstTimestamp].Fill(float.NegativeInfinity);
        return normaliser;
    }
}
