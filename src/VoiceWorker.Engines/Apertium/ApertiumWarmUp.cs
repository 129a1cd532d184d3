using Microsoft.Extensions.Logging;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.Engines.Apertium;

/// <summary>Chooses the pairs that are loaded before the first job.</summary>
internal static class ApertiumWarmUp
{
    /// <summary>English to Spanish alone was seen to take 200 MB and half a second.</summary>
    private const int MaxByDefault = 8;

    /// <summary>The configured pairs that there are; without configuration all but variants, unless they are too many.</summary>
    /// <param name="wanted">Pairs such as <c>en-es</c>.</param>
    /// <param name="installed">What the server has.</param>
    /// <param name="logger">Is told of pairs that are wanted and missing.</param>
    public static IEnumerable<LanguagePair> Choose(IList<string> wanted, LanguagePairs installed, ILogger logger)
    {
        if (wanted.Count == 0)
        {
            var plain = installed.All.Where(pair => !pair.ToString().Contains('_', StringComparison.Ordinal)).ToArray();
            return plain.Length <= MaxByDefault ? plain : [];
        }

        return wanted.SelectMany(name =>
        {
            if (name.Split('-') is [var source, var target] && installed.TryFind(source, target, out var pair))
                return new[] { pair };
            Log.ApertiumCannotWarmUp(logger, name, installed.ToString());
            return [];
        });
    }
}
