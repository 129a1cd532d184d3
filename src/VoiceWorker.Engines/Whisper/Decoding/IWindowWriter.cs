using VoiceWorker.Engines.Whisper.Scheduling;

namespace VoiceWorker.Engines.Whisper.Decoding;

/// <summary>Writes one window's text.</summary>
internal interface IWindowWriter : ITextWriter
{
    /// <summary>What came of it, once <see cref="ITextWriter.Next"/> has returned no branch.</summary>
    WindowResult Result { get; }
}
