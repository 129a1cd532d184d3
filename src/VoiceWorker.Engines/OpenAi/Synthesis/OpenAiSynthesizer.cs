using System.Buffers;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>Speaks with an OpenAI-compatible <c>/v1/audio/speech</c>.</summary>
internal sealed class OpenAiSynthesizer : ISpeechSynthesizer
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-speech";

    private readonly OpenAiSpeechOptions _options;
    private readonly OpenAiServer _server;

    // For trials: many servers do not know OpenAI's voices, of which the default is one.
    private volatile string _goodVoice;

    /// <summary>Creates the synthesizer; nothing is asked of the server yet.</summary>
    public OpenAiSynthesizer(IOptions<OpenAiSpeechOptions> options, IHttpClientFactory clients)
    {
        _options = options.Value;
        _goodVoice = _options.LanguageVoices.Values.FirstOrDefault(_options.Voice);
        _server = new OpenAiServer(
            new EngineHttp(clients, ClientName, "The speech server", ErrorCode.SynthesisFailed),
            _options, OpenAiSpeechOptions.Section, $"Voice {_options.Voice}, ResponseFormat {_options.ResponseFormat}",
            token => SpeakAsync("Good day.", _goodVoice, token));
    }

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public async ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken)
    {
        var chosen = OpenAiVoices.Choose(_options, language, voice, senderId);
        var pieces = new List<PcmAudio>();
        foreach (var piece in TextPieces.Cut(text, _options.MaxCharacters).Where(piece => piece.Words.Length > 0))
        {
            pieces.Add(await _server.SendAsync(token => SpeakAsync(piece.Words, chosen, token), cancellationToken));
            _goodVoice = chosen;
        }

        return pieces.Count > 0
            ? new Speech(Join(pieces), pieces[0].SampleRate, chosen)
            : throw EngineException.BadJob(ErrorCode.SynthesisFailed, "There is nothing in the text that can be spoken.");
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => _server.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => _server.PassesTestAsync(cancellationToken);

    private async Task<PcmAudio> SpeakAsync(string text, string voice, CancellationToken cancellationToken)
    {
        var wanted = new SpeechRequest(_options.Model!, text, voice, _options.ResponseFormat);
        using var request = new HttpRequestMessage(HttpMethod.Post, "audio/speech") { Content = JsonBody.Of(wanted, OpenAiJsonContext.Default.SpeechRequest) };
        var body = await _server.Http.SendAsync(request, cancellationToken);
        try
        {
            var audio = _options.ResponseFormat == "pcm" ? ServerPcm.Read(body, _options.PcmSampleRate) : ServerWav.Read(body);
            return audio.Samples.Length > 0 ? audio : throw new InvalidDataException("it holds no sound.");
        }
        catch (InvalidDataException e)
        {
            throw HttpFaults.OfMalformed(_server.Http.Engine, e.Message, e);
        }
    }

    private ReadOnlyMemory<byte> Join(List<PcmAudio> pieces)
    {
        if (pieces.Count == 1)
            return pieces[0].Samples;
        if (pieces.Exists(piece => piece.SampleRate != pieces[0].SampleRate))
            throw HttpFaults.OfMalformed(_server.Http.Engine, "its sample rate changed in the middle of a text.");
        var joined = new ArrayBufferWriter<byte>(pieces.Sum(piece => piece.Samples.Length));
        foreach (var piece in pieces)
            joined.Write(piece.Samples.Span);
        return joined.WrittenMemory;
    }
}
