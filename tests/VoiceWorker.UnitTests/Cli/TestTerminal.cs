using VoiceWorker.Host.Cli;

namespace VoiceWorker.UnitTests.Cli;

/// <summary>A terminal that is none: what commands write when their output goes to a file.</summary>
internal sealed class TestTerminal : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TestTerminal() => Terminal = new(VoiceWorker.Host.Cli.Terminal.Create(_out, redirected: true), VoiceWorker.Host.Cli.Terminal.Create(_error, redirected: true));

    public Terminal Terminal { get; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }
}
