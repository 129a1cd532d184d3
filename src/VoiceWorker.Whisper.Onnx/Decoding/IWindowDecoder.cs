using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Writes one window's text.</summary>
internal interface IWindowDecoder : ITextWriter
{
    /// <summary>What came of it, once <see cref="ITextWriter.Next"/> has returned no branch.</summary>
    WindowResult Result { get; }
}
