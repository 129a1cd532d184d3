using VoiceWorker.Engines.Whisper.Features;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>A window that waits for the encoder.</summary>
internal sealed record EncodeRequest(LogMelSpectrogram Mel, int Start, int Positions, CancellationToken CancellationToken)
{
    private readonly TaskCompletionSource<EncodedWindow> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the window, or with what went wrong.</summary>
    public Task<EncodedWindow> Completion => _completion.Task;

    public void Complete(EncodedWindow window) => _completion.SetResult(window);

    public void Fail(Exception exception) => _completion.SetException(exception);

    public void Cancel() => _completion.SetCanceled(CancellationToken);
}
