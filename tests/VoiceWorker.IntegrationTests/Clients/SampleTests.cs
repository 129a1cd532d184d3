using System.Text.RegularExpressions;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Clients;

/// <summary>Every sample of a producer does what it says.</summary>
[Collection(typeof(ClientsGroup))]
public sealed partial class SampleTests(ClientsFixture worker)
{
    [Theory]
    [InlineData("producer.py")]
    [InlineData("producer.py", "--json")]
    [InlineData("producer.mjs")]
    [InlineData("producer.mjs", "--json")]
    [InlineData("producer.sh")]
    [InlineData("producer.sh", "--json")]
    [InlineData("producer.cs")]
    [InlineData("producer.cs", "--json")]
    public async Task Sample_PrintsBothTextsAndSavesTheSpeech(string sample, string? form = null)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [ClientsFixture.Recording, "en", "es", .. form is null ? (string[])[] : [form]];

        var output = await ClientScript.RunAsync($"samples/producers/{sample}", worker.Url, folder.FullName, arguments);

        var heard = ClientsFixture.Heard(await File.ReadAllBytesAsync(ClientsFixture.Recording, TestContext.Current.CancellationToken));
        Assert.Equal($"en: {heard}\nes: {heard} in es\n", output);
        Assert.Equal("OggS of a reply", await File.ReadAllTextAsync(folder["reply.ogg"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Samples_AreAllTried() => Assert.Equal(
        Directory.EnumerateFiles(RepositoryFiles.PathOf("samples/producers"), "producer.*").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        typeof(SampleTests).GetMethod(nameof(Sample_PrintsBothTextsAndSavesTheSpeech))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task ReadmesFirstProducer_GetsAnAnswer()
    {
        using var folder = new TemporaryFolder();
        var program = PythonBlock().Match(await File.ReadAllTextAsync(RepositoryFiles.PathOf("README.md"), TestContext.Current.CancellationToken)).Groups[1].Value;
        Assert.Contains("amqp://localhost", program, StringComparison.Ordinal);
        var script = folder["first.py"];
        await File.WriteAllTextAsync(script, program.Replace("amqp://localhost", worker.Url, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var output = await ClientScript.RunAsync(script, worker.Url, RepositoryFiles.PathOf("."));

        Assert.Contains(ClientsFixture.Heard(await File.ReadAllBytesAsync(ClientsFixture.Recording, TestContext.Current.CancellationToken)), output, StringComparison.Ordinal);
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();
}
