using System.Collections.Frozen;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Settings of the version before this one that are no more. They get a warning for one version, and then stop the start like any other unknown one.</summary>
internal static class RemovedSettings
{
    private const string OneClock = "publishing and settling have neither a clock nor retries of their own any more; RabbitMq:PublishTimeout is the one that counts";

    private static readonly FrozenDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["Pipeline:Publish:Timeout"] = OneClock,
        ["Pipeline:Publish:Retries"] = OneClock,
        ["Pipeline:Publish:RetryDelay"] = OneClock,
        ["Pipeline:Settle:Timeout"] = OneClock,
        ["Pipeline:Settle:Retries"] = OneClock,
        ["Pipeline:Settle:RetryDelay"] = OneClock,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a setting has no effect any more; null when it has, or never had any.</summary>
    public static string? ReasonFor(string key) => Reasons.GetValueOrDefault(key);
}
