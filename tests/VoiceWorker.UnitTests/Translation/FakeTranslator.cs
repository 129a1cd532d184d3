using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Translating;

/// <summary>An engine that can be held in the middle of its work.</summary>
internal sealed class FakeTranslator : ITranslator
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _held;
    private int _calls;

    public string Name => "fake";

    public int Calls => Volatile.Read(ref _calls);

    public EngineException? Fault { get; set; }

    public Task Called => _called.Task;

    public Task Cancelled => _cancelled.Task;

    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        _called.TrySetResult();
        try
        {
            if (_held is { } held)
                await held.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }

        return Fault is null ? new TranslatedText($"[{targetLanguage}] {text}", sourceLanguage ?? "en") : throw Fault;
    }

    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => new(new EngineStatus(true, "fake"));
}
