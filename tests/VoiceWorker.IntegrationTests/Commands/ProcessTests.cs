using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>The embedded mode: engines and pipeline without a broker.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Process_Samples_HearsAndTranslatesEveryOne()
    {
        using var folder = new TemporaryFolder();
        await SampleSentences.AssertAllAsync(await CommandRun.InvokeAsync("process", "--jobs", SampleSentences.Jobs, "--json", "--out", folder.FullName), folder.FullName);
    }

    [Fact]
    public async Task Process_ItsOwnSpeech_ComesBackInTheFirstLanguage()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.InvokeAsync("process", RepositoryFiles.PathOf("samples/en-2.mp3"), "--from", "en", "--to", "es", "--json", "--out", folder.FullName);
        var back = await CommandRun.InvokeAsync("process", Path.Combine(folder.FullName, "en-2.es.ogg"), "--from", "es", "--to", "en", "--json", "--out", folder.FullName);
        Assert.Equal("The coffee is very hot", (string?)Assert.Single(back.Lines).Value["translated_text"]);
    }

    [Fact]
    public async Task Process_FileThatIsNoAudio_SaysWhatWouldBeRight()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.InvokeAsync("process", RepositoryFiles.PathOf("samples/README.md"), "--to", "es", "--out", folder.FullName);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unsupported_audio in decode", run.Error, StringComparison.Ordinal);
    }
}
