namespace VoiceWorker.Whisper.Ggml;

/// <summary>A model file that is not what it should be.</summary>
/// <param name="message">What is wrong, where in the file, and what would be right.</param>
public sealed class GgmlFormatException(string message) : Exception(message);
