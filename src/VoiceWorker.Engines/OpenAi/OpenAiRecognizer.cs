using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Recognizes speech with an OpenAI-compatible <c>/v1/audio/transcriptions</c>.</summary>
internal sealed class OpenAiRecognizer(IOptions<OpenAiRecognitionOptions> options, IHttpClientFactory clients) : ISpeechRecognizer
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-recognition";

    private readonly EngineHttp _http = new(clients, ClientName, "The recognition server", ErrorCode.RecognitionFailed);

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "audio/transcriptions") { Content = Form(audio, language) };
        var reply = await _http.SendAsync(request, OpenAiJsonContext.Default.TranscriptionReply, cancellationToken);
        var text = reply.Text.Trim();
        return new Transcript(text, language ?? Language(reply), Segments(reply, text, audio.Duration), audio.Duration);
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) =>
        OpenAiDoctor.CheckAsync(_http, options.Value, OpenAiRecognitionOptions.Section, cancellationToken);

    private MultipartFormDataContent Form(DecodedAudio audio, string? language)
    {
        // A copy of the samples: HttpClient may still be sending when a cancelled request has returned.
        var file = new ByteArrayContent(ServerWav.Write(audio))
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
            { new StringContent(options.Value.Model!), "\"model\"" },
            { new StringContent(options.Value.ResponseFormat), "\"response_format\"" },
            { new StringContent("0"), "\"temperature\"" },
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
                : $"The recognition server found a language that has no ISO 639-1 code: {reply.Language}.");

    private static IReadOnlyList<Segment> Segments(TranscriptionReply reply, string text, TimeSpan duration) => reply.Segments switch
    {
        { Count: > 0 } segments => [.. segments.Select(s => new Segment(s.Start, s.End, s.Text.Trim(), s.AvgLogprob is { } log ? Math.Exp(log) : null))],
        _ when text.Length > 0 => [new Segment(0, duration.TotalSeconds, text)],
        _ => [],
    };
}
