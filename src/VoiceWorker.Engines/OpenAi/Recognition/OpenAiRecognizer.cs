using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.OpenAi.Synthesis;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi.Recognition;

/// <summary>Recognizes speech with an OpenAI-compatible <c>/v1/audio/transcriptions</c>.</summary>
internal sealed class OpenAiRecognizer : ISpeechRecognizer
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-recognition";

    private readonly OpenAiRecognitionOptions _options;
    private readonly OpenAiServer _server;

    /// <summary>Creates the recognizer; nothing is asked of the server yet.</summary>
    public OpenAiRecognizer(IOptions<OpenAiRecognitionOptions> options, IHttpClientFactory clients)
    {
        _options = options.Value;
        _server = new OpenAiServer(
            new EngineHttp(clients, ClientName, "The recognition server", ErrorCode.RecognitionFailed),
            _options, OpenAiRecognitionOptions.Section, $"ResponseFormat {_options.ResponseFormat}",
            token => TranscribeAsync(ServerWav.Silence(TimeSpan.FromSeconds(1)), null, token), isCertain: false);
    }

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        // A copy of the samples: HttpClient may still be sending when a cancelled request has returned.
        var wav = ServerWav.Write(audio);
        var reply = await _server.SendAsync(token => TranscribeAsync(wav, language, token), cancellationToken);
        var text = reply.Text.Trim();
        return new Transcript(text, language ?? Language(reply), SegmentTimes.Read(reply, text, audio.Duration), audio.Duration);
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => _server.CheckAsync(cancellationToken);

    private async Task<TranscriptionReply> TranscribeAsync(byte[] wav, string? language, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "audio/transcriptions") { Content = Form(wav, language) };
        return await _server.Http.SendAsync(request, OpenAiJsonContext.Default.TranscriptionReply, cancellationToken);
    }

    private MultipartFormDataContent Form(byte[] wav, string? language)
    {
        var file = new ByteArrayContent(wav)
        {
            Headers =
            {
                ContentType = new MediaTypeHeaderValue("audio/wav"),
                // Set by hand: MultipartFormDataContent would add a filename* parameter, which RFC 7578 forbids.
                ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = "\"audio.wav\"" },
            },
        };
        var form = new MultipartFormDataContent
        {
            file,
            { new StringContent(_options.Model!), "\"model\"" },
            { new StringContent(_options.ResponseFormat), "\"response_format\"" },
        };
        if (language is not null)
            form.Add(new StringContent(language), "\"language\"");
        return form;
    }

    private static string Language(TranscriptionReply reply) =>
        LanguageNames.CodeOf(reply.Language) ?? throw EngineException.BadJob(
            ErrorCode.UnsupportedLanguage,
            reply.Language is null
                ? "The recognition server does not tell the language of speech; name it in source_lang."
                : $"The recognition server found a language that has no ISO 639-1 code: {ServerExplanation.OneLine(reply.Language)}.");
}
