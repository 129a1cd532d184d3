namespace VoiceWorker.UnitTests.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TestCommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(true, '✓')]
    [InlineData(false, '✗')]
    public async Task Doctor_Engine_IsMarkedByItsState(bool up, char mark)
    {
        _cli.Engines.IsUp = up;
        await DoctorAsync();
        Assert.Equal(mark, Row("transcribe").TrimStart()[0]);
    }

    [Fact]
    public async Task Doctor_NoBroker_SaysHowToMendItAndFails()
    {
        Assert.Equal(1, await DoctorAsync());
        Assert.Equal('✗', Row("broker").TrimStart()[0]);
        Assert.Contains("--RabbitMq:Uri=amqp://", _cli.Out);
    }

    // Nothing listens on port 1.
    private Task<int> DoctorAsync() => _cli.InvokeAsync("doctor", "--RabbitMq:Host=127.0.0.1", "--RabbitMq:Port=1");

    private string Row(string role) => _cli.Out.Split(Environment.NewLine).Single(line => line.Contains($" {role} ", StringComparison.Ordinal));
}
