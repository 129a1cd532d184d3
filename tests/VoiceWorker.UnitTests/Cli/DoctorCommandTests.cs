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

    [Fact]
    public async Task Doctor_CheckThatThrows_CostsNoOtherRow()
    {
        _cli.Engines.OnCheck = _ => throw new InvalidOperationException("a bug");
        Assert.Equal(1, await DoctorAsync());
        Assert.Contains("failed to say how it is: InvalidOperationException: a bug", Row("transcribe"));
        Assert.Equal('✗', Row("broker").TrimStart()[0]);
    }

    [Fact]
    public async Task Doctor_UserGivesUp_ShowsWhatHasAnswered()
    {
        using var user = new CancellationTokenSource();
        var calls = 0;
        _cli.Engines.OnCheck = async token =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                return;
            if (calls == 5)
                await user.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        };

        Assert.Equal(130, await _cli.InvokeAsync(user.Token, "doctor", "--RabbitMq:Host=127.0.0.1", "--RabbitMq:Port=1"));

        Assert.Equal('✓', Row("decode").TrimStart()[0]);
        Assert.Contains("cancelled before it answered", Row("translate"));
    }

    // Nothing listens on port 1.
    private Task<int> DoctorAsync() => _cli.InvokeAsync("doctor", "--RabbitMq:Host=127.0.0.1", "--RabbitMq:Port=1");

    private string Row(string role) => _cli.Out.Split(Environment.NewLine).Single(line => line.Contains($" {role} ", StringComparison.Ordinal));
}
