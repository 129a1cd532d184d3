using System.Collections.Frozen;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Settings that had another name in the version before this one. The old name works for one version, with a warning.</summary>
internal static class RenamedSettings
{
    private static readonly FrozenDictionary<string, string> NewNames = new Dictionary<string, string>
    {
        ["RabbitMq:SuspectAfter"] = "RabbitMq:IsolateAfterDeliveries",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a setting is called now; null when it has not been renamed.</summary>
    public static string? NewNameOf(string key) => NewNames.GetValueOrDefault(key);

    /// <summary>Gives the values of old names to the new ones that have none of their own.</summary>
    public static void Apply(IConfiguration configuration)
    {
        foreach (var (oldName, newName) in NewNames)
        {
            if (configuration[oldName] is { } value && configuration[newName] is null)
                configuration[newName] = value;
        }
    }
}
