using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>An engine of a chain whose faults a test chooses; its work is to tell its name.</summary>
internal sealed class ChainLink(string name) : IEngine
{
    private int _calls;

    public string Name => name;

    public bool IsUp { get; set; } = true;

    public Exception? Fault { get; set; }

    public bool Hangs { get; set; }

    public bool PassesTest { get; set; }

    public int Calls => _calls;

    public Exception? CheckFault { get; set; }

    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => new(PassesTest);

    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => CheckFault is null ? new(new EngineStatus(IsUp, name)) : throw CheckFault;

    public async ValueTask<string> WorkAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (Hangs)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return Fault is null ? name : throw Fault;
    }
}
