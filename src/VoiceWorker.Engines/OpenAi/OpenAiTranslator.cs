using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Translates with a chat model behind an OpenAI-compatible <c>/v1/chat/completions</c>.</summary>
internal sealed class OpenAiTranslator(IOptions<OpenAiTranslationOptions> options, IHttpClientFactory clients) : ITranslator
{
    /// <summary>The named HTTP client.</summary>
    public const string ClientName = "openai-translation";

    private readonly EngineHttp _http = new(clients, ClientName, "The translation model's server", ErrorCode.TranslationFailed);

    /// <inheritdoc/>
    public string Name => "openai";

    /// <inheritdoc/>
    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        if (sourceLanguage is null)
            throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "The translation model does not tell the language of a text; name it in source_lang.");
        var reply = await _http.PostAsync(
            "chat/completions",
            Request(text, sourceLanguage, targetLanguage),
            OpenAiJsonContext.Default.ChatRequest,
            OpenAiJsonContext.Default.ChatReply,
            cancellationToken);
        return new TranslatedText(Answer(reply), sourceLanguage);
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) =>
        OpenAiDoctor.CheckAsync(_http, options.Value, OpenAiTranslationOptions.Section, cancellationToken);

    private ChatRequest Request(string text, string source, string target)
    {
        var prompt = options.Value.SystemPrompt
            .Replace("{source}", LanguageNames.Of(source), StringComparison.Ordinal)
            .Replace("{target}", LanguageNames.Of(target), StringComparison.Ordinal);
        return new ChatRequest(options.Value.Model!, [new("system", prompt), new("user", text)], options.Value.Temperature, options.Value.MaxTokens);
    }

    /// <summary>The model's words, unchanged: what is not a whole answer is an error, never a shorter translation.</summary>
    private string Answer(ChatReply reply) => reply.Choices switch
    {
        [{ Message.Refusal: { Length: > 0 } refusal }, ..] =>
            throw EngineException.BadJob(ErrorCode.TranslationFailed, $"The translation model refuses this text: {refusal}"),
        [{ FinishReason: "content_filter" }, ..] =>
            throw EngineException.BadJob(ErrorCode.TranslationFailed, "The translation model's server withholds the answer to this text (content filter)."),
        [{ FinishReason: "length" }, ..] =>
            throw EngineException.BadJob(ErrorCode.InputTooLarge, "The translation is longer than the translation model may answer; send the text in parts."),
        [{ Message.Content: { } content }, ..] when !string.IsNullOrWhiteSpace(content) => content,
        _ => throw HttpFaults.OfMalformed(_http.Engine, "it holds no text."),
    };
}
