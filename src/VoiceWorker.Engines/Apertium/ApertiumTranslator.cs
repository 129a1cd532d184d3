using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.Apertium;

/// <summary>Translates with an apertium-apy server.</summary>
internal sealed class ApertiumTranslator : ITranslator
{
    private readonly IApertiumServer _server;
    private readonly ApertiumClient _client;
    private readonly PairDirectory _pairs;
    private readonly TrialRequest _trial;

    /// <summary>Creates the translator; nothing is asked of the server yet.</summary>
    public ApertiumTranslator(IApertiumServer server, ApertiumClient client, TimeProvider time) =>
        (_server, _client, _pairs, _trial) = (server, client, new PairDirectory(ListPairsAsync, time), new TrialRequest("Apertium", $"{ApertiumOptions.Section}: BaseAddress", TryOutAsync));

    /// <inheritdoc/>
    public string Name => "apertium";

    /// <inheritdoc/>
    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        if (sourceLanguage is null)
            throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "Apertium cannot detect the language of a text; name it in source_lang.");
        var pair = await _pairs.FindAsync("Apertium", sourceLanguage, targetLanguage, cancellationToken);
        var server = await _server.GetAddressAsync(cancellationToken);
        var translated = new StringBuilder(text.Length + (text.Length / 4));
        foreach (var piece in TextPieces.Cut(text, ApertiumClient.MaxCharacters))
        {
            if (piece.Words.Length > 0)
                translated.Append(ApertiumMarks.Remove(piece.Words, await _trial.SendAsync(token => _client.TranslateAsync(server, piece.Words, pair, token), cancellationToken)));
            translated.Append(piece.Gap);
        }

        return new TranslatedText(translated.ToString(), sourceLanguage);
    }

    /// <inheritdoc/>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pairs = await ListPairsAsync(cancellationToken);
            return pairs.All.Count > 0
                ? await _trial.CheckAsync(new EngineStatus(true, $"apertium-apy with {pairs}"), _server.Remedy, cancellationToken)
                : new EngineStatus(false, "apertium-apy has no pair of languages.", "Install one where it runs: apt-get install apertium-eng-spa");
        }
        catch (EngineException e)
        {
            return new EngineStatus(false, e.Message, _server.Remedy);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => _trial.PassesAsync(cancellationToken);

    private async Task TryOutAsync(CancellationToken cancellationToken)
    {
        var pairs = await ListPairsAsync(cancellationToken);
        if (pairs.Sample is { } pair)
            await _client.TranslateAsync(await _server.GetAddressAsync(cancellationToken), "a", pair, cancellationToken);
    }

    private async Task<LanguagePairs> ListPairsAsync(CancellationToken cancellationToken) =>
        await _client.ListPairsAsync(await _server.GetAddressAsync(cancellationToken), cancellationToken);
}
