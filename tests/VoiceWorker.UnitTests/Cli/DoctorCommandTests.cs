namespace VoiceWorker.UnitTests.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TestCommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Doctor_EngineThatIsDown_IsMarkedAndFails()
    {
        _cli.Engines.IsUp = false;
        Assert.Equal(1, await _cli.InvokeAsync("doctor"));
        Assert.Contains("✗", _cli.Out);
        Assert.Contains("transcribe", _cli.Out);
    }
}
