namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>A chosen token.</summary>
/// <param name="Id">Which.</param>
/// <param name="LogProbability">The logarithm of its probability after the rules.</param>
/// <param name="Timestamp">The token itself if it is a timestamp, otherwise the likeliest timestamp in its place.</param>
internal readonly record struct Token(int Id, float LogProbability, int Timestamp)
{
    /// <summary>What the model gave it.</summary>
    public double Probability => Math.Exp(LogProbability);
}
