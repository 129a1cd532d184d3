using System.Buffers;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Speaks with an OpenAI-compatible <c>/v1/audio/speech</c>.</summary>
internal sealed class OpenAiSynthesizer(IOptions<OpenAiSpeechOptions> options, IHttpClientFactory clients) : ISpeechSynthesizer
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-speech";

    private readonly EngineHttp _http = new(clients, ClientName, "The speech server", ErrorCode.SynthesisFailed);

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public async ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken)
    {
        var chosen = OpenAiVoices.Choose(options.Value, language, voice, senderId);
        var pieces = new List<PcmAudio>();
        foreach (var piece in TextPieces.Cut(text, options.Value.MaxCharacters).Where(piece => piece.Words.Length > 0))
            pieces.Add(await SpeakAsync(piece.Words, chosen, cancellationToken));
        return new Speech(Join(pieces), pieces[0].SampleRate, chosen);
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) =>
        OpenAiDoctor.CheckAsync(_http, options.Value, OpenAiSpeechOptions.Section, cancellationToken);

    private async Task<PcmAudio> SpeakAsync(string text, string voice, CancellationToken cancellationToken)
    {
        var wanted = new SpeechRequest(options.Value.Model!, text, voice, options.Value.ResponseFormat);
        using var request = new HttpRequestMessage(HttpMethod.Post, "audio/speech") { Content = JsonBody.Of(wanted, OpenAiJsonContext.Default.SpeechRequest) };
        var body = await _http.SendAsync(request, cancellationToken);
        try
        {
            var audio = options.Value.ResponseFormat == "pcm"
                ? new PcmAudio(body.AsMemory(0, body.Length & ~1), options.Value.PcmSampleRate)
                : ServerWav.Read(body);
            return audio.Samples.Length > 0 ? audio : throw new InvalidDataException("it holds no sound.");
        }
        catch (InvalidDataException e)
        {
            throw HttpFaults.OfMalformed(_http.Engine, e.Message, e);
        }
    }

    private ReadOnlyMemory<byte> Join(List<PcmAudio> pieces)
    {
        if (pieces.Count == 1)
            return pieces[0].Samples;
        if (pieces.Exists(piece => piece.SampleRate != pieces[0].SampleRate))
            throw HttpFaults.OfMalformed(_http.Engine, "its sample rate changed in the middle of a text.");
        var joined = new ArrayBufferWriter<byte>(pieces.Sum(piece => piece.Samples.Length));
        foreach (var piece in pieces)
            joined.Write(piece.Samples.Span);
        return joined.WrittenMemory;
    }
}
