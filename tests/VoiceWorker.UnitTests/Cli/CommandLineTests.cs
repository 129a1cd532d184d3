namespace VoiceWorker.UnitTests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestCommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--RabbitMq:Host=rabbit")]
    [InlineData("run", "--RabbitMq:Host=rabbit")]
    public async Task Invoke_RunOrNothing_StartsTheDaemonWithItsSettings(params string[] args)
    {
        Assert.Equal(7, await _cli.InvokeAsync(args));
        Assert.Equal(["--RabbitMq:Host=rabbit"], _cli.RunArguments!);
    }

    [Fact]
    public async Task Invoke_Help_ListsTheCommands()
    {
        Assert.Equal(0, await _cli.InvokeAsync("--help"));
        Assert.All(["run", "process", "publish", "dead", "doctor"], command => Assert.Contains($"\n  {command} ", _cli.Out.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("Nothing to do", "process", "--to", "es")]
    [InlineData("Into which language? Give --to", "process", "--text", "good day")]
    [InlineData("gone.jsonl", "publish", "--jobs", "gone.jsonl")]
    [InlineData("gone.wav", "publish", "gone.wav", "--to", "es")]
    [InlineData("audio/opus", "process", "--text", "good day", "--to", "es", "--format", "audio/opus")]
    [InlineData("--timeout must be", "publish", "--text", "good day", "--to", "es", "--timeout", "0")]
    [InlineData("soon", "publish", "--text", "good day", "--to", "es", "--timeout", "soon")]
    [InlineData("--count must be", "publish", "--text", "good day", "--to", "es", "--count", "0")]
    [InlineData("there is no 'cod'; there are code, stage", "dead", "list", "--filter", "cod=x")]
    [InlineData("is not KEY=VALUE", "dead", "purge", "--filter", "code")]
    [InlineData("'soon' is no age", "dead", "replay", "--filter", "older=soon")]
    [InlineData("--new-deadline must be at least 1", "dead", "replay", "--new-deadline", "0")]
    [InlineData("Required argument missing", "dead", "show")]
    [InlineData("--lnag", "doctor", "--lnag")]
    [InlineData("transalte", "transalte")]
    public async Task Invoke_WrongArguments_SaysWhichAndFails(string complaint, params string[] args)
    {
        Assert.Equal(1, await _cli.InvokeAsync(args));
        Assert.Contains(complaint, _cli.Error);
        Assert.Null(_cli.RunArguments);
    }
}
