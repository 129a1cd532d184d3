using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>Translates with a LibreTranslate server (https://docs.libretranslate.com/api/).</summary>
internal sealed class LibreTranslateTranslator : ITranslator
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "libretranslate";

    private const string Detect = "auto";
    private readonly IOptions<LibreTranslateOptions> _options;
    private readonly EngineHttp _http;
    private readonly PairDirectory _pairs;
    private readonly TrialRequest _trial;

    /// <summary>Creates the translator; nothing is asked of the server yet.</summary>
    public LibreTranslateTranslator(IOptions<LibreTranslateOptions> options, IHttpClientFactory clients, TimeProvider time)
    {
        _options = options;
        _http = new EngineHttp(clients, ClientName, "LibreTranslate", ErrorCode.TranslationFailed);
        _pairs = new PairDirectory(ListPairsAsync, time);
        _trial = new TrialRequest(_http.Engine, $"{LibreTranslateOptions.Section}: ApiKey, BaseAddress", TryOutAsync);
    }

    /// <inheritdoc/>
    public string Name => "libretranslate";

    /// <inheritdoc/>
    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        var pair = await _pairs.FindAsync(_http.Engine, sourceLanguage ?? Detect, targetLanguage, cancellationToken);
        var reply = await _trial.SendAsync(token => AskAsync(text, pair, token), cancellationToken);
        return new TranslatedText(reply.TranslatedText, sourceLanguage ?? DetectedIn(reply));
    }

    /// <inheritdoc/>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pairs = await ListPairsAsync(cancellationToken);
            return await _trial.CheckAsync(
                new EngineStatus(true, $"LibreTranslate at {_options.Value.BaseAddress} with {pairs}"), $"Mend {LibreTranslateOptions.Section}:ApiKey or BaseAddress; the server's words tell which.", cancellationToken);
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, $"Start LibreTranslate at {_options.Value.BaseAddress}, or set {LibreTranslateOptions.Section}:BaseAddress.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => _trial.PassesAsync(cancellationToken);

    private async Task TryOutAsync(CancellationToken cancellationToken)
    {
        var pairs = await ListPairsAsync(cancellationToken);
        if (pairs.Sample is { } pair)
            await AskAsync("Good day.", pair, cancellationToken);
    }

    private Task<LibreTranslateReply> AskAsync(string text, LanguagePair pair, CancellationToken cancellationToken) => _http.PostAsync(
        "translate",
        new LibreTranslateRequest(text, pair.Source, pair.Target, "text", ReadKey()),
        LibreTranslateRequestContext.Default.LibreTranslateRequest,
        LibreTranslateReplyContext.Default.LibreTranslateReply,
        cancellationToken);

    private async Task<LanguagePairs> ListPairsAsync(CancellationToken cancellationToken)
    {
        var languages = await _http.GetAsync(new Uri("languages", UriKind.Relative), LibreTranslateReplyContext.Default.Languages, cancellationToken);
        var codes = languages.Select(language => language.Code).ToArray();
        return new LanguagePairs(languages
            .SelectMany(language => (language.Targets ?? codes).Select(target => new LanguagePair(language.Code, target)))
            .Where(pair => pair.Source != pair.Target)
            .Concat(codes.Select(target => new LanguagePair(Detect, target))));
    }

    /// <summary>A code with a script (<c>zh-Hans</c>) is one of ISO 639-1 for the rest of the pipeline.</summary>
    private string DetectedIn(LibreTranslateReply reply) =>
        reply.DetectedLanguage?.Language.Split('-')[0] ?? throw HttpFaults.OfMalformed(_http.Engine, "it does not name the detected language.");

    private string? ReadKey()
    {
        try
        {
            return _options.Value.ReadKey();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HttpFaults.OfException(_http.Engine, e);
        }
    }
}
