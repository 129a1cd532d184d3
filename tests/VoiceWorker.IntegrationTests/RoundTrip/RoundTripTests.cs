using System.Text;
using System.Text.Json;
using CliWrap;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.RoundTrip;

/// <summary>
/// The main job with nothing faked: espeak-ng speaks a sentence, the job goes through RabbitMQ, the reply's texts are
/// right word for word, and its speech, recognised again, gives the translation back. Not all words of the translations
/// are the demo model's own, so that last step allows one wrong word in four.
/// </summary>
public sealed class RoundTripTests(WholeWorkerFixture fixture) : IClassFixture<WholeWorkerFixture>
{
    private const double AllowedWordErrors = 0.25;

    [Theory]
    [InlineData("en", "es", "the water is very cold", "EL agua es muy fría")]
    [InlineData("en", "es", "my house is very big", "Mi casa es muy grande")]
    [InlineData("en", "es", "the doctor is very good", "El doctor es muy bueno")]
    [InlineData("es", "en", "el hotel es muy caro", "The hotel is very expensive")]
    [InlineData("es", "en", "el agua es muy frío", "The water is very cold")]
    [InlineData("es", "en", "el tren es muy lento", "The train is very slow")]
    public async Task SpokenSentence_ComesBackSpokenInTheOtherLanguage(string source, string target, string sentence, string translation)
    {
        var id = Guid.NewGuid().ToString("n");

        await fixture.Producer.SendAsync(await SpeakAsync(source, sentence), "audio/wav", id, p => p.Headers = new Dictionary<string, object?>
        {
            ["source_lang"] = source,
            ["target_lang"] = target,
        });

        var reply = (await fixture.Producer.ReplyAsync(id)).Data;
        Assert.Equal(sentence, Text(reply, "original_text"));
        Assert.Equal(translation, Text(reply, "translated_text"));
        Assert.Equal(("complete", source, target, false), (Text(reply, "status"), Text(reply, "source_lang"), Text(reply, "target_lang"), reply.GetProperty("needs_fallback").GetBoolean()));
        var heard = await RecognizeAsync(Text(reply, "audio_url"), target);
        Assert.True(WordErrorRate(translation, heard) <= AllowedWordErrors, $"'{translation}' was heard as '{heard}'.");
    }

    [Fact]
    public async Task LanguagesWithRegions_ReachTheEnginesThatKnowThem()
    {
        await fixture.Producer.SendAsync(await SpeakAsync("en", "my house is very big"), "audio/wav", "regions", p => p.Headers = new Dictionary<string, object?>
        {
            ["source_lang"] = "en_GB",
            ["target_lang"] = "es-419",
        });

        var reply = (await fixture.Producer.ReplyAsync("regions")).Data;
        Assert.Equal(
            ("my house is very big", "Mi casa es muy grande", "en", "es", "es-419"),
            (Text(reply, "original_text"), Text(reply, "translated_text"), Text(reply, "source_lang"), Text(reply, "target_lang"), Text(reply, "voice_used")));
    }

    [Fact]
    public async Task ChatMessage_AsTheBackendSendsIt_IsAnswered()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            audio_data = Convert.ToBase64String(await SpeakAsync("en", "my house is very big")),
            text = (string?)null,
            source_lang = "auto",
            target_lang = "es",
            sender_id = "alice",
        });

        await fixture.Producer.SendAsync(body, "application/json", "chat");

        var reply = (await fixture.Producer.ReplyAsync("chat")).Data;
        Assert.Equal(("my house is very big", "en"), (Text(reply, "original_text"), Text(reply, "source_lang")));
        Assert.StartsWith("data:audio/ogg;base64,T2dnUw", Text(reply, "audio_url"), StringComparison.Ordinal);
        foreach (var stage in (string[])["decode", "transcribe", "translate", "synthesize", "encode"])
            Assert.True(reply.GetProperty("timings").GetProperty(stage).GetDouble() > 0, stage);
    }

    [Fact]
    public async Task Silence_GivesEmptyTextsAndNoInventedWords()
    {
        await fixture.Producer.SendAsync(Silence(seconds: 3), "audio/wav", "silence", p => p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" });

        var reply = (await fixture.Producer.ReplyAsync("silence")).Data;
        Assert.Equal(("", "", "no_speech"), (Text(reply, "original_text"), Text(reply, "translated_text"), Text(reply, "status")));
    }

    [Fact]
    public async Task MissingLanguagePair_IsAnErrorThatListsWhatThereIs()
    {
        await fixture.Producer.SendTextAsync("hello", "pair", p => p.ContentType = "application/json");
        await fixture.Producer.ReplyAsync("pair");

        await fixture.Producer.SendAsync("""{"text":"hello","source_lang":"en","target_lang":"tlh"}"""u8.ToArray(), "application/json", "tlh");

        var reply = await fixture.Producer.ReplyAsync("tlh", "error");
        Assert.Equal("unsupported_language", reply.Json.GetProperty("code").GetString());
        Assert.Contains("en-es", reply.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_WhileConsuming_AreHealthyAndTell()
    {
        await fixture.Producer.SendTextAsync("hello", "metrics");
        await fixture.Producer.ReplyAsync("metrics");

        var cancellation = TestContext.Current.CancellationToken;
        Assert.StartsWith("Healthy", await fixture.Worker.Http.GetStringAsync("/health/live", cancellation), StringComparison.Ordinal);
        Assert.StartsWith("Healthy", await fixture.Worker.Http.GetStringAsync("/health/ready", cancellation), StringComparison.Ordinal);
        var metrics = await fixture.Worker.Http.GetStringAsync("/metrics", cancellation);
        Assert.Contains("voiceworker_job_duration_seconds_bucket{input=\"text\",le=\"600\"}", metrics, StringComparison.Ordinal);
    }

    private static string Text(JsonElement data, string property) => data.GetProperty(property).GetString()!;

    private static async Task<byte[]> SpeakAsync(string language, string sentence)
    {
        var wav = new MemoryStream();
        await (sentence | Cli.Wrap("espeak-ng").WithArguments(["-v", language == "en" ? "en-us" : language, "-s", "150", "--stdin", "--stdout"]) | wav)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return wav.ToArray();
    }

    private static byte[] Silence(int seconds)
    {
        const int rate = 16_000;
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(36 + (seconds * rate * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(seconds * rate * 2);
        writer.Write(new byte[seconds * rate * 2]);
        return wav.ToArray();
    }

    private async Task<string> RecognizeAsync(string audioUrl, string language)
    {
        var encoded = Encoding.ASCII.GetBytes(audioUrl[(audioUrl.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        var services = fixture.Worker.Services;
        using var audio = await services.GetRequiredService<IAudioDecoder>().DecodeAsync(new AudioInput(encoded, IsBase64: true), TestContext.Current.CancellationToken);
        return (await services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(audio, language, TestContext.Current.CancellationToken)).Text;
    }

    /// <summary>Word substitutions, insertions and deletions per word of the reference (Levenshtein distance over words).</summary>
    private static double WordErrorRate(string reference, string heard)
    {
        var expected = reference.ToLowerInvariant().Split(' ');
        var actual = heard.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var row = Enumerable.Range(0, actual.Length + 1).ToArray();
        for (var i = 1; i <= expected.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= actual.Length; j++)
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (expected[i - 1] == actual[j - 1] ? 0 : 1)), row[j]);
        }

        return (double)row[^1] / expected.Length;
    }
}
