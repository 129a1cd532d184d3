using VoiceWorker.Contract.Jobs;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.Apertium;

/// <summary>The HTTP protocol of apertium-apy (https://wiki.apertium.org/wiki/Apertium-apy).</summary>
/// <param name="clients">Makes clients over pooled connections.</param>
internal sealed class ApertiumClient(IHttpClientFactory clients)
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "apertium";

    /// <summary>
    /// The most characters that go out in one request. apertium-apy cuts longer texts itself, under load after 1000
    /// characters, without looking for the end of a sentence, and it drops whatever is left after ten pieces.
    /// </summary>
    public const int MaxCharacters = 1000;

    private readonly EngineHttp _http = new(clients, ClientName, "Apertium", ErrorCode.TranslationFailed);

    /// <summary>The installed pairs.</summary>
    /// <param name="server">The server's address, with a slash at the end.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The pairs in ISO 639-1 codes where there are any: the server knows its codes best, and takes them in <c>/translate</c>.</returns>
    public async Task<LanguagePairs> ListPairsAsync(Uri server, CancellationToken cancellationToken)
    {
        var reply = await _http.GetAsync(
            new Uri(server, "listPairs?include_deprecated_codes=1"), ApertiumJsonContext.Default.Pairs, cancellationToken);
        // Each pair comes in ISO 639-3 and once more in ISO 639-1, which its maintainers call deprecated.
        return new LanguagePairs(reply.ResponseData.Chunk(2).Select(both => new LanguagePair(both[^1].SourceLanguage, both[^1].TargetLanguage)));
    }

    /// <summary>Translates a text of at most <see cref="MaxCharacters"/> characters.</summary>
    /// <returns>The translation with Apertium's marks; white space around the text is lost.</returns>
    public async Task<string> TranslateAsync(Uri server, string text, LanguagePair pair, CancellationToken cancellationToken)
    {
        // txt, because in HTML, the default, line breaks are just spaces, and < and & have a meaning.
        using var form = new FormUrlEncodedContent(
        [
            new("langpair", $"{pair.Source}|{pair.Target}"), new("q", text), new("format", "txt"), new("markUnknown", "yes"),
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "translate")) { Content = form };
        var reply = await _http.SendAsync(request, ApertiumJsonContext.Default.ApertiumReplyApertiumTranslation, cancellationToken);
        return reply.ResponseData.TranslatedText;
    }
}
