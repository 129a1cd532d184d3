namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>What was written for one window.</summary>
/// <param name="Tokens">Up to the last timestamp; all of them when the attempt failed.</param>
/// <param name="Advance">Frames that the tokens cover.</param>
/// <param name="MeanLogProbability">Of the tokens; negative infinity when the attempt failed.</param>
/// <param name="NoSpeechProbability">What the model thinks of the window before it writes.</param>
/// <param name="Temperature">What it was written with.</param>
/// <param name="Failed">The text went back in time, never got to a timestamp, or did not end.</param>
internal sealed record WindowResult(IReadOnlyList<Token> Tokens, int Advance, float MeanLogProbability, float NoSpeechProbability, float Temperature, bool Failed);
