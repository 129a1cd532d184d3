using Prometheus;

namespace VoiceWorker.Engines.Translation;

/// <summary>Counts how often the translation cache saved an engine's work.</summary>
/// <param name="metrics">The registry's factory.</param>
internal sealed class TranslationCacheMetrics(IMetricFactory metrics)
{
    private readonly Counter _hits = metrics.CreateCounter(
        "voiceworker_translation_cache_hits_total", "Texts whose translation was in the cache, or already under way for another job.");

    private readonly Counter _misses = metrics.CreateCounter(
        "voiceworker_translation_cache_misses_total", "Texts that the translation engine had to work for although they may be cached.");

    /// <summary>Counts one look-up.</summary>
    public void Count(bool hit) => (hit ? _hits : _misses).Inc();
}
