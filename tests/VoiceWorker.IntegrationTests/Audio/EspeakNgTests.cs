using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using CliWrap;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.Audio;

[SupportedOSPlatform("linux")]
public sealed class EspeakNgTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "hello i need a doctor for my son", "en-us")]
    [InlineData("es", "dónde es la estación", "es")]
    [InlineData("pt", "bom dia", "pt-br")]
    [InlineData("zh", "你好", "cmn")]
    [InlineData("de", "guten Morgen", "de")]
    public async Task SynthesizeAsync_Language_IsSpokenByItsVoice(string language, string text, string voice)
    {
        using var services = new AudioServices();

        var speech = await services.Synthesizer.SynthesizeAsync(text, language, null, null, Cancel);

        Assert.Equal((voice, 22_050), (speech.Voice, speech.SampleRate));
        Assert.InRange(speech.Duration.TotalSeconds, 0.3, 6);
        Assert.True(Loudness(speech) > 500, $"{Loudness(speech)}");
    }

    [Theory]
    [InlineData("en-gb-scotland", "en", "en-gb-scotland")]
    [InlineData("EN-GB+F3", "en", "en-gb+f3")]
    [InlineData("+f3", "es", "es+f3")]
    [InlineData("en-us+m2", "es", "es+m2")]
    public async Task SynthesizeAsync_VoiceOfTheJob_Speaks(string wish, string language, string voice)
    {
        using var services = new AudioServices();

        var speech = await services.Synthesizer.SynthesizeAsync("no", language, wish, null, Cancel);

        Assert.Equal(voice, speech.Voice);
    }

    [Fact]
    public async Task SynthesizeAsync_VoiceOfTheSender_Speaks()
    {
        using var services = new AudioServices(("Tts:EspeakNg:SenderVoices:alice", "en-gb+f2"));

        var speech = await services.Synthesizer.SynthesizeAsync("no", "en", null, "alice", Cancel);

        Assert.Equal("en-gb+f2", speech.Voice);
    }

    [Fact]
    public async Task SynthesizeAsync_ConfiguredLanguage_ReplacesTheDefault()
    {
        using var services = new AudioServices(("Tts:EspeakNg:LanguageVoices:es", "es-419"));

        var speech = await services.Synthesizer.SynthesizeAsync("no", "es", null, null, Cancel);

        Assert.Equal("es-419", speech.Voice);
    }

    [Theory]
    [InlineData("robot")]
    [InlineData("en-us+nobody")]
    [InlineData("../../../etc/passwd")]
    [InlineData("--help")]
    [InlineData("en us")]
    public async Task SynthesizeAsync_UnknownVoice_IsABadJobWithExamples(string voice)
    {
        using var services = new AudioServices();

        var failure = await FailureAsync(services, "no", "en", voice);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedOption), (failure.Kind, failure.Code));
        Assert.Contains("en-gb-scotland", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SynthesizeAsync_LanguageWithoutVoice_ListsTheLanguages()
    {
        using var services = new AudioServices();

        var failure = await FailureAsync(services, "no", "xx", null);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (failure.Kind, failure.Code));
        Assert.Contains("en-us", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SynthesizeAsync_TextThatLooksLikeAnOption_IsSpoken()
    {
        using var services = new AudioServices();

        var speech = await services.Synthesizer.SynthesizeAsync("--version -w /dev/null", "en", null, null, Cancel);

        Assert.InRange(speech.Duration.TotalSeconds, 0.5, 10);
    }

    [Fact]
    public async Task SynthesizeAsync_PhonemeCodes_AreNotInterpreted()
    {
        using var services = new AudioServices();

        var coded = await services.Synthesizer.SynthesizeAsync("[[h@l'oU w'3:ld h@l'oU w'3:ld]]", "en", null, null, Cancel);
        var spaced = await services.Synthesizer.SynthesizeAsync("[ [h@l'oU w'3:ld h@l'oU w'3:ld]]", "en", null, null, Cancel);

        Assert.Equal(spaced.Pcm.ToArray(), coded.Pcm.ToArray());
    }

    // Each emoji and how it is written to be named alone: bare of selectors and skin tones, or left out.
    [Theory]
    [InlineData("❤️", "❤")]
    [InlineData("❤", "❤")]
    [InlineData("☺️", "☺")]
    [InlineData("😂", "😂")]
    [InlineData("👍🏽", "👍")]
    [InlineData("✌🏿", "✌")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("👩‍❤️‍💋‍👨", "👩‍❤‍💋‍👨")]
    [InlineData("👩🏻‍🚀", "👩‍🚀")]
    [InlineData("👩‍⚕️", "👩‍⚕")]
    [InlineData("🤷🏽‍♀️", "🤷‍♀")]
    [InlineData("🏃‍♂️", "🏃‍♂")]
    [InlineData("🏳️‍🌈", "🏳‍🌈")]
    [InlineData("🏴‍☠️", "🏴‍☠")]
    [InlineData("👁️‍🗨️", "👁‍🗨")]
    [InlineData("🇪🇸", "🇪🇸")]
    [InlineData("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    [InlineData("🏴󠁵󠁳󠁴󠁸󠁿", "")]
    [InlineData("7️⃣", "7")]
    [InlineData("#️⃣", "#")]
    [InlineData("⬅️", "⬅")]
    [InlineData("↔️", "↔")]
    [InlineData("©️", "©")]
    [InlineData("㊗️", "㊗")]
    [InlineData("🧑‍💻", "")]
    [InlineData("❤️‍🔥", "")]
    [InlineData("👩‍🦰", "")]
    [InlineData("🕵️‍♀️", "")]
    [InlineData("🐻‍❄️", "")]
    [InlineData("🦦", "🦦")]
    public async Task Emoji_AmongWords_AreNamedAsTheyAreNamedAlone(string emoji, string alone)
    {
        foreach (var voice in (string[])["en-us", "es"])
        {
            async Task<string> Alone(string text) => text.Length == 0 ? "" : await EspeakPhonemes.OfBytesAsync(Encoding.UTF8.GetBytes(text + "\n"), voice, Cancel);
            var expected = await Alone("no") + await Alone(alone) + await Alone("taxi");

            // In Spanish a b behind a vowel is softer, which is a B here.
            Assert.Equal(expected, await EspeakPhonemes.OfTextAsync($"no {emoji} taxi", voice, Cancel), ignoreCase: true);
            Assert.Equal(expected, await EspeakPhonemes.OfTextAsync($"no{emoji}taxi", voice, Cancel), ignoreCase: true);
        }
    }

    [Theory]
    [InlineData("en", "hello i need a doctor")]
    [InlineData("es", "buenos días, señor.")]
    [InlineData("es", "el año")]
    [InlineData("zh", "你好")]
    [InlineData("en", "is it?\n\n")]
    public async Task SynthesizeAsync_ProgramThatLosesItsLastByte_SaysTheSame(string language, string text)
    {
        // espeak-ng 1.51 as Ubuntu builds it.
        using var program = new Script("""
            case $1 in
              --voices*) exec espeak-ng "$@";;
              *) head -c -1 | exec espeak-ng "$@";;
            esac
            """);
        using var services = new AudioServices();
        using var losing = new AudioServices(("Tts:EspeakNg:Path", program.Path));

        var whole = await services.Synthesizer.SynthesizeAsync(text, language, null, null, Cancel);
        var lost = await losing.Synthesizer.SynthesizeAsync(text, language, null, null, Cancel);

        Assert.Equal(whole.Pcm.ToArray(), lost.Pcm.ToArray());
    }

    [Fact]
    public async Task SynthesizeAsync_LineFeedAtTheEnd_CostsNoSound()
    {
        using var services = new AudioServices();
        using var file = new MemoryStream();
        await Cli.Wrap("espeak-ng").WithArguments(["-v", "en-us", "-s", "160", "-b", "1", "--stdout", "hello there"]).WithStandardOutputPipe(PipeTarget.ToStream(file)).ExecuteAsync(Cancel);

        var speech = await services.Synthesizer.SynthesizeAsync("hello there", "en", null, null, Cancel);

        Assert.Equal(file.ToArray()[44..], speech.Pcm.ToArray());
    }

    // Each takes espeak-ng long for its length, or says more than a reply may; none may hang, crash or count as espeak-ng's fault.
    [Theory]
    [InlineData("digits", true)]
    [InlineData("one word", false)]
    [InlineData("no sentence end", false)]
    [InlineData("emoji", true)]
    [InlineData("marks", false)]
    public async Task SynthesizeAsync_StrangeText_IsSpokenOrRefused(string kind, bool mayBeTooLong)
    {
        using var services = new AudioServices();
        var text = kind switch
        {
            "digits" => new string('7', 5000),
            "one word" => string.Concat(Enumerable.Repeat("abcdefghij", 500)),
            "no sentence end" => string.Concat(Enumerable.Repeat("word ", 1000)),
            "emoji" => string.Concat(Enumerable.Repeat("👩‍🚀", 700)),
            _ => "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 2000)),
        };

        try
        {
            Assert.True((await services.Synthesizer.SynthesizeAsync(text, "en", null, null, Cancel)).Duration > TimeSpan.Zero);
        }
        catch (EngineException e) when (mayBeTooLong)
        {
            Assert.Equal((FailureKind.BadJob, ErrorCode.InputTooLarge), (e.Kind, e.Code));
        }
    }

    [Theory]
    [InlineData("🧑‍💻")]
    [InlineData("\u200b")]
    public async Task SynthesizeAsync_NothingToSay_IsABadJob(string text)
    {
        using var services = new AudioServices();

        Assert.Equal((FailureKind.BadJob, ErrorCode.SynthesisFailed), ((await FailureAsync(services, text, "en", null)).Kind, (await FailureAsync(services, text, "en", null)).Code));
    }

    [Fact]
    public async Task PassesTestAsync_OnlyWherePresentAndWorking()
    {
        using var services = new AudioServices();
        using var broken = new AudioServices(("Tts:EspeakNg:Path", "/nonexistent/espeak-ng"));

        Assert.Equal((true, false), (await services.Synthesizer.PassesTestAsync(Cancel), await broken.Synthesizer.PassesTestAsync(Cancel)));
    }

    [Fact]
    public async Task SynthesizeAsync_ControlCharactersAndLoneSurrogates_AreHarmless()
    {
        using var services = new AudioServices();

        var speech = await services.Synthesizer.SynthesizeAsync("one\0two\u001b[2J\ud800three", "en", null, null, Cancel);

        Assert.InRange(speech.Duration.TotalSeconds, 0.8, 10);
    }

    [Fact]
    public async Task SynthesizeAsync_TooMuchText_IsRefused()
    {
        using var services = new AudioServices(("Tts:EspeakNg:MaxTextLength", "10"));

        var failure = await FailureAsync(services, "eleven char", "en", null);

        Assert.Equal((FailureKind.BadJob, ErrorCode.InputTooLarge), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task SynthesizeAsync_SpeechWithoutEnd_IsRefused()
    {
        using var program = new Script("""
            case $1 in
              --voices) espeak-ng --voices;;
              --voices=variant) espeak-ng --voices=variant;;
              *) read -N 1; exec cat /dev/zero;;
            esac
            """);
        using var services = new AudioServices(("Tts:EspeakNg:Path", program.Path));

        var failure = await FailureAsync(services, "no", "en", null);

        Assert.Equal((FailureKind.BadJob, ErrorCode.InputTooLarge), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task SynthesizeAsync_ManyAtOnce_GivesEachItsOwnSpeech()
    {
        using var services = new AudioServices();
        var alone = await services.Synthesizer.SynthesizeAsync("twenty seven taxis", "en", null, null, Cancel);

        var together = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => services.Synthesizer.SynthesizeAsync(i % 2 == 0 ? "twenty seven taxis" : "un", i % 2 == 0 ? "en" : "es", null, null, Cancel).AsTask()));

        Assert.All(together.Where((_, i) => i % 2 == 0), speech => Assert.Equal(alone.Pcm.ToArray(), speech.Pcm.ToArray()));
    }

    [Fact]
    public async Task CheckAsync_Installed_NamesVersionAndVoices()
    {
        using var services = new AudioServices();

        var status = await services.Synthesizer.CheckAsync(Cancel);

        Assert.True(status.Ready, status.Detail);
        Assert.Matches(@"eSpeak NG .*1\.\d+.*; \d+ voices", status.Detail);
    }

    [Fact]
    public async Task CheckAsync_Missing_SaysHowToGetIt()
    {
        using var services = new AudioServices(("Tts:EspeakNg:Path", "/nonexistent/espeak-ng"));

        var status = await services.Synthesizer.CheckAsync(Cancel);

        Assert.False(status.Ready);
        Assert.Contains("apt-get install espeak-ng", status.Remedy, StringComparison.Ordinal);
    }

    private static async Task<EngineException> FailureAsync(AudioServices services, string text, string language, string? voice) =>
        await Assert.ThrowsAsync<EngineException>(() => services.Synthesizer.SynthesizeAsync(text, language, voice, null, Cancel).AsTask());

    private static double Loudness(Speech speech)
    {
        var samples = MemoryMarshal.Cast<byte, short>(speech.Pcm.Span).ToArray();
        return Math.Sqrt(samples.Average(sample => (double)sample * sample));
    }
}
