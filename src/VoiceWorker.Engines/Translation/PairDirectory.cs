namespace VoiceWorker.Engines.Translation;

/// <summary>
/// Remembers an engine's pairs. A pair that was there once costs nothing; one that is missing is looked up again, at
/// most once in ten seconds, because an operator may just have installed it.
/// </summary>
/// <param name="load">Asks the engine.</param>
/// <param name="time">The clock.</param>
internal sealed class PairDirectory(Func<CancellationToken, Task<LanguagePairs>> load, TimeProvider time)
{
    private static readonly TimeSpan MinimumAge = TimeSpan.FromSeconds(10);
    private volatile Listing? _known;

    /// <summary>Finds the engine's codes for two languages.</summary>
    /// <param name="engine">The engine in human words.</param>
    /// <param name="source">ISO 639-1 code.</param>
    /// <param name="target">ISO 639-1 code.</param>
    /// <param name="cancellationToken">Ends the wait for the engine.</param>
    /// <exception cref="Core.Ports.EngineException">The engine lacks the pair; the message lists what it has.</exception>
    public async ValueTask<LanguagePair> FindAsync(string engine, string source, string target, CancellationToken cancellationToken)
    {
        var known = _known;
        if (known is not null && known.Pairs.TryFind(source, target, out var pair))
            return pair;
        if (known is null || time.GetElapsedTime(known.At) >= MinimumAge)
            _known = known = new Listing(await load(cancellationToken), time.GetTimestamp());
        return known.Pairs.TryFind(source, target, out pair) ? pair : throw known.Pairs.Lacks(engine, source, target);
    }

    private sealed record Listing(LanguagePairs Pairs, long At);
}
