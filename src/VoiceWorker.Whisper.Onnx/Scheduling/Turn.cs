namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>What the scheduler does next.</summary>
/// <param name="Window">The window of which a piece is to be encoded; null for none.</param>
/// <param name="Texts">The texts to go on with, if there is no window.</param>
/// <param name="IsContested">Whether first and later windows both have work.</param>
/// <param name="OfLater">The part of it that is later windows'.</param>
internal readonly record struct Turn(EncodeRequest? Window, List<ActiveText> Texts, bool IsContested, double OfLater);
