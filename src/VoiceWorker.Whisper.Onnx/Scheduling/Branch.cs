namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>One way in which a text goes on.</summary>
/// <param name="Parent">The branch that it continues, by its place among those returned last; 0 after the prompt.</param>
/// <param name="Token">The token that follows.</param>
internal readonly record struct Branch(int Parent, int Token);
