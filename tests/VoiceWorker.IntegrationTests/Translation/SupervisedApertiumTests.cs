using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>A real apertium-apy with Debian's apertium-eng-spa, run by the worker.</summary>
public sealed class SupervisedApertiumTests
{
    /// <summary>Milliseconds; only ends what hangs, on a machine however busy.</summary>
    private const int Patience = 180_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience)]
    [InlineData("where is the hospital", "en", "es", "Dónde es el hospital")]
    [InlineData("hola necesito un doctor", "es", "en", "hello I need a doctor")]
    [InlineData("The Zorblax house\n\nis 5*3 metres <b> & [big]\n", "en", "es", "El Zorblax casa\n\nEs 5*3 metros <b> & [grandes]\n")]
    public async Task TranslateAsync_RealServer_GivesTheExactText(string text, string source, string target, string expected)
    {
        await using var apertium = new ApertiumFixture();

        Assert.Equal(expected, (await apertium.Translator.TranslateAsync(text, source, target, Token)).Text);
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_PairMissing_ListsWhatThereIs()
    {
        await using var apertium = new ApertiumFixture();

        var e = await Assert.ThrowsAsync<EngineException>(async () => await apertium.Translator.TranslateAsync("bonjour", "fr", "en", Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (e.Kind, e.Code));
        Assert.Contains("en-es", e.Message, StringComparison.Ordinal);
        Assert.Contains("es-en", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_LongText_LosesNothing()
    {
        await using var apertium = new ApertiumFixture();
        var text = string.Concat(Enumerable.Repeat("The house is big. ", 3000));

        var translated = await apertium.Translator.TranslateAsync(text, "en", "es", Token);

        Assert.Equal(string.Concat(Enumerable.Repeat("La casa es grande. ", 3000)), translated.Text);
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_EightAtOnce_AreAllRight()
    {
        await using var apertium = new ApertiumFixture();
        Assert.True(await apertium.Translator.PassesTestAsync(Token));
        string[] numbers = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        string[] expected = ["Dos casas", "Tres casas", "Cuatro casas", "Cinco casas", "Seis casas", "Siete casas", "Ocho casas", "Nueve casas"];

        var translated = await Task.WhenAll(numbers.Select(async number =>
            (await apertium.Translator.TranslateAsync($"{number} houses", "en", "es", Token)).Text));

        Assert.Equal(expected, translated);
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_ServerKilled_IsRestarted()
    {
        await using var apertium = new ApertiumFixture();
        await apertium.TranslateAsync("house", "en", "es", Token);

        Processes.Signal(Assert.Single(apertium.ProcessIds), Processes.SigKill);

        Assert.Equal("Gato", await apertium.TranslateAsync("cat", "en", "es", Token));
        Assert.Equal(2, apertium.ProcessIds.Count);
        Assert.Contains(apertium.Log.Messages, message => message.StartsWith("Warning: apertium-apy: it ended with exit code 137", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_ServerHangs_IsRestarted()
    {
        await using var apertium = new ApertiumFixture(("Apertium:ProbeInterval", "00:00:00.300"));
        await apertium.TranslateAsync("house", "en", "es", Token);

        Processes.Signal(Assert.Single(apertium.ProcessIds), Processes.SigStop);

        Assert.Equal("Gato", await apertium.TranslateAsync("cat", "en", "es", Token));
        Assert.Contains(apertium.Log.Messages, message => message.Contains("did not answer any more", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task DisposeAsync_Running_LeavesNothingBehind()
    {
        await using var apertium = new ApertiumFixture();
        await apertium.TranslateAsync("house", "en", "es", Token);
        var group = Assert.Single(apertium.ProcessIds);
        Assert.True(Processes.InGroup(group).Count > 10);

        await apertium.DisposeAsync();

        await GoneAsync(group);
    }

    [Fact(Timeout = Patience)]
    public async Task Worker_Killed_TakesItsServerAlong()
    {
        using var worker = new Process
        {
            StartInfo = new(Path.Combine(AppContext.BaseDirectory, "voiceworker"), ["run", "--Http:Url=http://127.0.0.1:0", "--RabbitMq:Uri=amqp://127.0.0.1:1"])
            {
                RedirectStandardError = true,
            },
        };
        worker.Start();
        try
        {
            var ready = await worker.StandardError.ReadLineAsync(Token);
            while (!ApertiumFixture.ReadyMessage().IsMatch(ready ?? throw new InvalidOperationException("The worker ended.")))
                ready = await worker.StandardError.ReadLineAsync(Token);
            var group = int.Parse(ApertiumFixture.ReadyMessage().Match(ready).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.True(Processes.InGroup(group).Count > 10);

            Processes.Signal(worker.Id, Processes.SigKill);

            await GoneAsync(group);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Start_Server_GetsACleanEnvironmentAndListensOnLoopbackOnly()
    {
        Environment.SetEnvironmentVariable("VOICEWORKER_TEST_SECRET", "hunter2");
        await using var apertium = new ApertiumFixture();
        await apertium.TranslateAsync("house", "en", "es", Token);
        Environment.SetEnvironmentVariable("VOICEWORKER_TEST_SECRET", null);

        var names = Processes.Environment(Assert.Single(apertium.ProcessIds)).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('=')[0]);
        Assert.Equal(["LC_ALL", "PATH"], names.Order());

        var ready = apertium.Log.Messages.Single(message => message.Contains("is ready at", StringComparison.Ordinal));
        var port = new Uri(ready.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal))).Port;
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), Token)).Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        foreach (var address in others)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(address, port, Token));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task CheckAsync_Installed_ListsThePairs()
    {
        await using var apertium = new ApertiumFixture();

        var status = await apertium.Translator.CheckAsync(Token);

        Assert.True(status.Ready);
        Assert.Contains("en-es", status.Detail, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("/nonexistent/python3", "/usr/share/apertium/modes", "/nonexistent/python3")]
    [InlineData("/bin/false", "/usr/share/apertium/modes", "exit code 1")]
    [InlineData("/usr/bin/python3", "/nonexistent/modes", "no pair")]
    public async Task CheckAsync_NotInstalled_SaysHowToMendIt(string python, string modes, string detail)
    {
        await using var apertium = new ApertiumFixture(("Apertium:Python", python), ("Apertium:ModesDirectory", modes));

        var status = await apertium.Translator.CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains(detail, status.Detail, StringComparison.Ordinal);
        Assert.Contains("apt-get install", status.Remedy, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task TranslateAsync_NotInstalled_IsNoJobsFault()
    {
        await using var apertium = new ApertiumFixture(("Apertium:Python", "/bin/false"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await apertium.Translator.TranslateAsync("house", "en", "es", Token));

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (e.Kind, e.Code));
    }

    private static async Task GoneAsync(int group)
    {
        while (Processes.InGroup(group).Count > 0)
            await Task.Delay(20, Token);
    }
}
