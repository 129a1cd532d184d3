using System.Text.Json.Nodes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Cli;

public sealed class ProcessCommandTests : IDisposable
{
    private readonly TestCommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Process_File_ShowsBothTextsAndWritesTheSpeech()
    {
        _cli.Engines.HeardText = "good morning";
        Assert.Equal(0, await ProcessAsync(_cli.AudioFile("a.mp3"), "--from", "en"));
        Assert.Contains("en: good morning", _cli.Out);
        Assert.Contains("es: es:good morning", _cli.Out);
        Assert.Equal([1], await File.ReadAllBytesAsync(Speech("a.es.ogg"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Process_NarrowTerminal_PutsAllTimesIntoOneColumn()
    {
        _cli.Width = 80;
        await ProcessAsync("--text", "good day", "--from", "en");
        Assert.Contains("en: good day", _cli.Out);
        Assert.Matches("translate [0-9]+", _cli.Out);
        Assert.All(_cli.Out.Split(Environment.NewLine), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Process_NotATerminal_WritesNoEscapeSequences()
    {
        await ProcessAsync("--text", "good day", "--from", "en");
        Assert.DoesNotContain('\u001b', _cli.Out + _cli.Error);
    }

    [Fact]
    public async Task Process_TextWithControlCharacters_ShowsNone()
    {
        await ProcessAsync("--text", "good\u001b[2Jday", "--from", "en");
        Assert.DoesNotContain('\u001b', _cli.Out);
    }

    [Fact]
    public async Task Process_Text_NeedsNoRecognition()
    {
        _cli.Engines.OnRecognize = _ => throw new InvalidOperationException("not for a text");
        Assert.Equal(0, await ProcessAsync("--text", "good day", "--from", "en", "--format", "none"));
        Assert.Contains("es: es:good day", _cli.Out);
        Assert.Contains("text only", _cli.Out);
    }

    [Fact]
    public async Task Process_FilesOfTheSameName_GetFilesOfTheirOwn()
    {
        await ProcessAsync(_cli.AudioFile("a.mp3"), _cli.AudioFile("a.wav"), "--from", "en");
        Assert.True(File.Exists(Speech("a.es.ogg")) && File.Exists(Speech("a-2.es.ogg")));
    }

    [Fact]
    public async Task Process_OriginalAudioWanted_WritesBothLanguages()
    {
        await ProcessAsync(_cli.AudioFile("a.mp3"), "--from", "en", "--include-original-audio", "--format", "audio/wav");
        Assert.True(File.Exists(Speech("a.es.wav")) && File.Exists(Speech("a.en.wav")));
    }

    [Fact]
    public async Task Process_OneFailure_ShowsTheReasonAndFails()
    {
        _cli.Engines.OnDecode = _ => throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "This is no audio.");
        Assert.Equal(1, await ProcessAsync(_cli.AudioFile("a.mp3"), "--text", "good day", "--from", "en"));
        Assert.Contains("This is no audio. (unsupported_audio in decode)", _cli.Error);
        Assert.Contains("es:good day", _cli.Out);
    }

    [Fact]
    public async Task Process_LanguageThatIsNone_IsRefusedInTheContractsWords()
    {
        Assert.Equal(1, await ProcessAsync("--text", "good day", "--from", "klingon"));
        Assert.Contains("'source_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), or 'auto', not 'klingon'", _cli.Error);
    }

    [Fact]
    public async Task Process_Json_IsOneObjectALineInTheOrderOfTheInputs()
    {
        _cli.Engines.HeardText = "mañana";
        await ProcessAsync(_cli.AudioFile("a.wav"), "--text", "good day", "--from", "en", "--json");
        var lines = _cli.Out.TrimEnd().Split(Environment.NewLine).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(["a.wav", "good day"], lines.Select(l => (string?)l["input"]));
        Assert.Equal("es:mañana", (string?)lines[0]["translated_text"]);
        Assert.Contains("mañana", _cli.Out);
        Assert.True((bool)lines[0]["ok"]!);
        Assert.NotNull(lines[0]["timings"]!["transcribe"]);
    }

    [Fact]
    public async Task Process_JobsFile_TakesWhatALineLacksFromTheCommandLine()
    {
        _cli.AudioFile("a.mp3");
        var jobs = _cli.TextFile("jobs.jsonl", """
            {"file": "a.mp3", "source_lang": "en", "target_lang": "fr", "audio_format": "audio/wav", "json_body": true}

            {"text": "good day", "source_lang": "en"}
            """);
        Assert.Equal(0, await ProcessAsync("--jobs", jobs));
        Assert.Contains("es:good day", _cli.Out);
        Assert.True(File.Exists(Speech("a.fr.wav")) && File.Exists(Speech("good-day.es.ogg")));
    }

    [Theory]
    [InlineData("""{"source_lang": "en"}""", "jobs.jsonl, line 1: a job needs \"file\" or \"text\".")]
    [InlineData("""{"file": 7}""", "jobs.jsonl, line 1 is not a job")]
    [InlineData("""{"file": "gone.wav"}""", "gone.wav")]
    public async Task Process_JobsFileWithAWrongLine_SaysWhatIsWrong(string line, string complaint)
    {
        Assert.Equal(1, await ProcessAsync("--jobs", _cli.TextFile("jobs.jsonl", line)));
        Assert.Contains(complaint, _cli.Error);
    }

    [Fact]
    public async Task Process_InvalidOption_NamesItAndFails()
    {
        Assert.Equal(1, await ProcessAsync("--text", "good day", "--Pipeline:Decode:Retries=99"));
        Assert.Contains("Decode.Retries", _cli.Error);
    }

    [Fact]
    public async Task Process_EngineGoesDown_ShowsWhatIsDoneAndWhichEngineItWas()
    {
        GoDownAfterTheFirst();

        Assert.Equal(1, await ProcessAsync("--text", "good day", "--text", "good day", "--from", "en", "--json"));

        var lines = _cli.Out.TrimEnd().Split(Environment.NewLine).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([false, true], lines.Select(line => (bool)line["ok"]!).Order());
        var failed = lines.Single(line => !(bool)line["ok"]!);
        Assert.StartsWith("Not done, because an engine is down: decode (fake): fake", (string?)failed["error"], StringComparison.Ordinal);
        Assert.DoesNotContain("Cancelled", _cli.Error);
    }

    [Fact]
    public async Task Process_EngineIsDown_DoesNotWaitForJobsThatThePipelineNoLongerTakes()
    {
        GoDownAfterTheFirst();
        var texts = Enumerable.Range(0, 50).SelectMany(i => new[] { "--text", $"good day {i}" });

        Assert.Equal(1, await ProcessAsync([.. texts, "--from", "en"]));

        Assert.Contains("good day 49: Not done, because an engine is down", _cli.Error);
    }

    [Fact]
    public async Task Process_UserGivesUp_ShowsWhatIsDone()
    {
        using var user = new CancellationTokenSource();
        var calls = 0;
        _cli.Engines.OnTranslate = async _ =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                return;
            // Not before the other one's speech is written.
            while (!Directory.Exists(Speech("")) || !new DirectoryInfo(Speech("")).EnumerateFiles().Any(file => file.Length > 0))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await user.CancelAsync();
        };

        Assert.Equal(130, await _cli.InvokeAsync(user.Token, "process", "--text", "good day", "--text", "good day", "--from", "en", "--to", "es", "--out", Speech("")));

        Assert.Contains("es: es:good day", _cli.Out);
        Assert.Contains("good day: cancelled", _cli.Error);
    }

    [Fact]
    public async Task Process_SpeechThatCannotBeWritten_CostsNoOtherResult()
    {
        var jobs = _cli.TextFile("jobs.jsonl", """
            {"text": "good day", "source_lang": "en", "target_lang": "es"}
            {"text": "good night", "source_lang": "en", "target_lang": "es", "audio_format": "none"}
            """);
        Assert.Equal(1, await _cli.InvokeAsync("process", "--jobs", jobs, "--out", jobs));
        Assert.Contains("es:good night", _cli.Out);
        Assert.Contains("good day: ", _cli.Error);
        Assert.Contains("jobs.jsonl", _cli.Error);
    }

    private void GoDownAfterTheFirst()
    {
        var calls = 0;
        _cli.Engines.IsUp = false;
        _cli.Engines.OnTranslate = _ => Interlocked.Increment(ref calls) == 1
            ? ValueTask.CompletedTask
            : throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, "connection refused");
    }

    private Task<int> ProcessAsync(params string[] args) =>
        _cli.InvokeAsync(["process", .. args, "--to", "es", "--out", Speech("")]);

    private string Speech(string name) => Path.Combine(_cli.Folder.FullName, "speech", name);
}
