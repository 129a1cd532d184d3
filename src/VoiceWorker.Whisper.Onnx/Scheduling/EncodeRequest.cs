using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>A window that waits for the encoder or is on its way through it.</summary>
internal sealed class EncodeRequest(LogMelSpectrogram mel, int start, int positions, CancellationToken cancellationToken) : IDisposable
{
    private readonly TaskCompletionSource<EncodedWindow> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IWindowEncoding? _encoding;

    /// <summary>Ends with the window, or with what went wrong.</summary>
    public Task<EncodedWindow> Completion => _completion.Task;

    /// <summary>Whether the window is its recording's first.</summary>
    public bool IsFirst => start == 0;

    /// <summary>Whether the caller does not want it any more.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>How long the encoder has been at it.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Encodes the next piece.</summary>
    /// <returns>The result, with the last one.</returns>
    public CrossAttentionCache? Advance(IWhisperNetwork network) => (_encoding ??= network.Encode(mel, start, positions, inSmallPieces: !IsFirst)).Advance();

    public void Complete(EncodedWindow window) => _completion.SetResult(window);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Cancel() => _completion.TrySetCanceled(cancellationToken);

    public void Dispose() => _encoding?.Dispose();
}
