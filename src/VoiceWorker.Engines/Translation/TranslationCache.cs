using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Translation;

/// <summary>
/// Remembers short translations in memory. Jobs that ask for the same text at once share one engine call; the call
/// ends early only when all of them have given up. An entry is stored after the jobs have their answer.
/// </summary>
internal sealed class TranslationCache : IDisposable
{
    private readonly TranslationCacheOptions _options;
    private readonly TranslationCacheMetrics _metrics;
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;

    /// <summary>Creates an empty cache.</summary>
    public TranslationCache(IOptions<TranslationCacheOptions> options, TranslationCacheMetrics metrics, TimeProvider time)
    {
        (_options, _metrics) = (options.Value, metrics);
        // HybridCache takes its memory from the container, and a size limit binds everyone who shares it: hence one of its own.
        var services = new ServiceCollection();
        services.AddMemoryCache(memory => (memory.SizeLimit, memory.Clock) = (_options.MaxBytes, new MemoryCacheClock(time)));
        services.AddHybridCache(hybrid => hybrid.DefaultEntryOptions = new HybridCacheEntryOptions
        {
            Expiration = _options.TimeToLive,
            LocalCacheExpiration = _options.TimeToLive,
        });
        _services = services.BuildServiceProvider();
        _cache = _services.GetRequiredService<HybridCache>();
    }

    /// <summary>Answers from memory, or asks the engine.</summary>
    /// <exception cref="EngineException">The engine failed; failures are not remembered.</exception>
    public async ValueTask<TranslatedText> GetOrTranslateAsync(
        ITranslator engine, string text, string? source, string target, CancellationToken cancellationToken)
    {
        if (!_options.Enabled || text.Length > _options.MaxTextLength)
            return await engine.TranslateAsync(text, source, target, cancellationToken);

        var hit = true;
        // A string, because HybridCache keeps strings as they are and clones everything else by way of JSON.
        var entry = await _cache.GetOrCreateAsync(
            Key(engine.Name, text, source, target),
            async token =>
            {
                hit = false;
                var fresh = await engine.TranslateAsync(text, source, target, token);
                return $"{fresh.SourceLanguage}\n{fresh.Text}";
            },
            cancellationToken: cancellationToken);
        _metrics.Count(hit);
        var end = entry.IndexOf('\n', StringComparison.Ordinal);
        return new TranslatedText(entry[(end + 1)..], entry[..end], hit);
    }

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    /// <summary>A digest of the text: short whatever the text, and never a text that a log or a key rule could stumble over.</summary>
    private static string Key(string engine, string text, string? source, string target) =>
        $"{engine}/{source ?? "auto"}/{target}/{Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())))}";
}
