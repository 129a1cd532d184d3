namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>An input or output of a session and where it lies.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Buffer">The memory.</param>
/// <param name="Width">Floats in a row.</param>
internal sealed record BoundTensor(string Name, TensorBuffer Buffer, int Width);
