namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>What the timestamp rules need to know of the text so far.</summary>
/// <param name="IsFirst">No token has been chosen yet.</param>
/// <param name="LastWasTimestamp">The last token is a timestamp.</param>
/// <param name="PenultimateWasTimestamp">The one before is, or there is none.</param>
/// <param name="Earliest">Timestamps may not be earlier than this many steps of 20 ms.</param>
internal readonly record struct TimestampState(bool IsFirst, bool LastWasTimestamp, bool PenultimateWasTimestamp, int Earliest);
