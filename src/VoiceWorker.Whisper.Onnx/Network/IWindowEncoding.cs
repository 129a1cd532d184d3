namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>A window on its way through the encoder, piece by piece. Disposing it before its end gives it up.</summary>
internal interface IWindowEncoding : IDisposable
{
    /// <summary>Does the next piece.</summary>
    /// <returns>What the decoder attends to, with the last piece; null before.</returns>
    CrossAttentionCache? Advance();
}
