namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>What a <see cref="GreedyDecoder"/> is asked for.</summary>
/// <param name="Prompt">The tokens to begin with.</param>
/// <param name="Start">The window's first frame in the recording.</param>
/// <param name="End">The recording's length in frames.</param>
/// <param name="Temperature">0 for the likeliest text.</param>
/// <param name="MaxTokens">Tokens at most.</param>
internal sealed record WindowRequest(IReadOnlyList<int> Prompt, int Start, int End, float Temperature, int MaxTokens);
