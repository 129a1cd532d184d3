using System.Globalization;
using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>
/// Speaks through espeak-ng, a process per text. Its library in process would save some 13 ms a text, but it is not
/// thread-safe and takes the worker along when it crashes.
/// </summary>
internal sealed class EspeakNgSynthesizer(ChildProcessRunner runner, EspeakVoiceList voiceList, IOptions<EspeakNgOptions> options) : ISpeechSynthesizer
{
    // espeak-ng's own voices speak at 22,050 Hz in 16 bits.
    private const int BytesPerSecond = 22_050 * sizeof(short);

    /// <inheritdoc/>
    public string Name => "espeak-ng";

    /// <inheritdoc/>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var voices = await voiceList.GetAsync(cancellationToken);
            if (voices.Count == 0)
                return new EngineStatus(false, "espeak-ng lists no voices", "Install its voices: apt-get install espeak-ng-data.");

            var missing = new VoiceSelector(options.Value, voices).MissingVoices();
            var detail = $"{await voiceList.GetVersionAsync(cancellationToken)}; {voices.Count} voices";
            return missing.Count == 0
                ? new EngineStatus(true, detail)
                : new EngineStatus(true, $"{detail}; configured but not installed: {string.Join(", ", missing)}", "Correct Tts:EspeakNg:LanguageVoices and SenderVoices.");
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, EspeakFailure.Remedy);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var result = await SpeakAsync("a", (await voiceList.GetAsync(cancellationToken)).Names.First(), cancellationToken);
            return result.Succeeded && !result.Output.IsEmpty;
        }
        catch (EngineException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var spoken = SpokenText.Of(text);
        if (spoken.Length == 0)
            throw NothingToSay();
        if (spoken.Length > settings.MaxTextLength)
        {
            throw EngineException.BadJob(
                ErrorCode.InputTooLarge, $"The text to speak has {spoken.Length} characters; {settings.MaxTextLength} is the limit.");
        }

        var name = new VoiceSelector(settings, await voiceList.GetAsync(cancellationToken)).Select(language, voice, senderId);
        using var result = await SpeakAsync(spoken, name, cancellationToken);
        return result.Succeeded ? ToSpeech(result.Output, name) : throw EspeakFailure.Of(result, settings);
    }

    private static EngineException NothingToSay() => EngineException.BadJob(ErrorCode.SynthesisFailed, "There is nothing in the text that can be spoken.");

    private Task<ChildProcessResult> SpeakAsync(string spoken, string voice, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        return runner.RunAsync(
            new ChildProcessRequest(settings.Path, Arguments(voice, settings.WordsPerMinute))
            {
                Input = [SpokenText.Encode(spoken)],
                Timeout = settings.ProcessTimeout,
                MaxOutputBytes = (int)Math.Min(settings.MaxDuration.TotalSeconds * BytesPerSecond, int.MaxValue / 2),
                ExpectedOutputBytes = 256 * 1024,

                // Its audio library sets up shared memory even where nothing is played.
                MayWriteFiles = true,
            },
            cancellationToken);
    }

    // The text goes in on standard input, where nothing is taken for an option. No -m: markup is not interpreted.
    private static string[] Arguments(string voice, int wordsPerMinute) =>
        ["-v", voice, "-s", wordsPerMinute.ToString(CultureInfo.InvariantCulture), "-b", "1", "--stdin", "--stdout"];

    private static Speech ToSpeech(ReadOnlyMemory<byte> output, string voice)
    {
        if (output.IsEmpty)
            throw NothingToSay();

        var wav = WavParser.Parse(output);
        return wav is { Encoding: WavEncoding.Pcm, SampleBytes: 2, Channels: 1 }
            ? new Speech(wav.Data.ToArray(), wav.SampleRate, voice)
            : throw EngineException.Transient(
                ErrorCode.SynthesisFailed, $"espeak-ng wrote {wav.Encoding} with {wav.Channels} channels instead of 16-bit mono PCM.");
    }
}
