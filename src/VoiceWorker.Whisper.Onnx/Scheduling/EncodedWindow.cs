using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>A window's place in the scheduler, from the encoder until it is disposed.</summary>
internal sealed class EncodedWindow(CrossAttentionCache audio, bool isFirst, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>What the decoder attends to.</summary>
    public CrossAttentionCache Audio => audio;

    /// <summary>Whether it is its recording's first.</summary>
    public bool IsFirst => isFirst;

    /// <summary>Gives the place to the next window.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
