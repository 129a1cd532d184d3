namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>One token of one text, as a row of a decoder step.</summary>
/// <param name="Audio">The sound that is written down.</param>
/// <param name="Text">What was written before; the token is appended to it.</param>
/// <param name="Token">The token.</param>
/// <param name="WantsLogits">Whether the next token is asked for.</param>
/// <param name="Trace">Takes down what the token listens to; null for nobody.</param>
internal readonly record struct DecoderRow(CrossAttentionCache Audio, SelfAttentionCache Text, int Token, bool WantsLogits, AttentionTrace? Trace = null);
