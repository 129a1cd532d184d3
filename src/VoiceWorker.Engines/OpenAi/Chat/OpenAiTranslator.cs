using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>Translates with a chat model behind an OpenAI-compatible <c>/v1/chat/completions</c>.</summary>
internal sealed class OpenAiTranslator : ITranslator
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-translation";

    // Of an answer with its thoughts.
    private const int MaxCharacters = 1_000_000;
    private const int MaxPerCharacter = 20;

    private readonly OpenAiTranslationOptions _options;
    private readonly ILogger _logger;
    private readonly OpenAiServer _server;

    private volatile bool _refusesTemperature;

    /// <summary>Creates the translator; nothing is asked of the server yet.</summary>
    public OpenAiTranslator(IOptions<OpenAiTranslationOptions> options, IHttpClientFactory clients, ILogger<OpenAiTranslator> logger)
    {
        (_options, _logger) = (options.Value, logger);
        var settings = new List<string>();
        if (_options.Temperature is { } temperature)
            settings.Add(string.Create(CultureInfo.InvariantCulture, $"Temperature {temperature}"));
        if (_options.MaxTokens is { } most)
            settings.Add(string.Create(CultureInfo.InvariantCulture, $"MaxTokens {most}"));
        _server = new OpenAiServer(
            new EngineHttp(clients, ClientName, "The translation model's server", ErrorCode.TranslationFailed),
            _options, OpenAiTranslationOptions.Section, string.Join(", ", settings), TryOutAsync);
    }

    /// <inheritdoc/>
    public string Name => "openai";

    // The same text, the same translation: asked for unless something else is configured, or the model refuses it.
    private double? Temperature => _options.Temperature ?? (_refusesTemperature ? null : 0);

    /// <inheritdoc/>
    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        if (sourceLanguage is null)
            throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "The translation model does not tell the language of a text; name it in source_lang.");
        var temperature = Temperature;
        try
        {
            return new TranslatedText(await _server.SendAsync(token => AskAsync(text, sourceLanguage, targetLanguage, token), cancellationToken), sourceLanguage);
        }
        catch (EngineException e) when (e.Kind == FailureKind.BadJob && Temperature != temperature)
        {
            return new TranslatedText(await _server.SendAsync(token => AskAsync(text, sourceLanguage, targetLanguage, token), cancellationToken), sourceLanguage);
        }
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => _server.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => _server.PassesTestAsync(cancellationToken);

    /// <summary>The trial. Where nobody has configured a temperature, none is sent to a model that refuses one.</summary>
    private async Task TryOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync("Good day.", "en", "es", cancellationToken);
        }
        catch (EngineException e) when (IsRefusal(e) && _options.Temperature is null && !_refusesTemperature)
        {
            _refusesTemperature = true;
            try
            {
                await AskAsync("Good day.", "en", "es", cancellationToken);
                Log.TemperatureLeftOut(_logger, OpenAiTranslationOptions.Section);
            }
            catch
            {
                _refusesTemperature = false;
                throw;
            }
        }
    }

    private static bool IsRefusal(EngineException e) =>
        e.InnerException is HttpRequestException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity };

    private async Task<string> AskAsync(string text, string source, string target, CancellationToken cancellationToken)
    {
        var prompt = _options.SystemPrompt
            .Replace("{source}", LanguageNames.Of(source), StringComparison.Ordinal)
            .Replace("{target}", LanguageNames.Of(target), StringComparison.Ordinal);
        var reply = await _server.Http.PostAsync(
            "chat/completions",
            new ChatRequest(_options.Model!, [new("system", prompt), new("user", text)], Temperature, _options.MaxTokens),
            OpenAiJsonContext.Default.ChatRequest,
            OpenAiJsonContext.Default.ChatReply,
            cancellationToken);
        return ModelAnswer.Translation(Answer(reply), text, target) switch
        {
            "" => throw HttpFaults.OfMalformed(_server.Http.Engine, "it holds no text but the model's thoughts."),
            // A small model may fall into a loop and say the same until it is cut off.
            { Length: var length } when length > MaxPerCharacter * text.Length + 1000 =>
                throw HttpFaults.OfMalformed(_server.Http.Engine, $"it has {length} characters for a text of {text.Length}."),
            var translation => translation,
        };
    }

    /// <summary>The model's words, unchanged: what is not a whole answer is an error, never a shorter translation.</summary>
    private string Answer(ChatReply reply) => reply.Choices switch
    {
        [{ Message.Refusal: { Length: > 0 } refusal }, ..] =>
            throw EngineException.BadJob(ErrorCode.TranslationFailed, $"The translation model refuses this text: {ServerExplanation.OneLine(refusal)}"),
        [{ FinishReason: "content_filter" }, ..] =>
            throw EngineException.BadJob(ErrorCode.TranslationFailed, "The translation model's server withholds the answer to this text (content filter)."),
        [{ FinishReason: "length" }, ..] =>
            throw EngineException.BadJob(ErrorCode.InputTooLarge, "The translation is longer than the translation model may answer; send the text in parts."),
        [{ Message.Content: { Length: > MaxCharacters } }, ..] => throw HttpFaults.OfMalformed(_server.Http.Engine, $"it has more than {MaxCharacters} characters."),
        [{ Message.Content: { } content }, ..] when !string.IsNullOrWhiteSpace(content) => content,
        _ => throw HttpFaults.OfMalformed(_server.Http.Engine, "it holds no text."),
    };
}
