using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Finds the settings that nobody reads: each is a mistake, or was a setting once. Values are not quoted, they may be secrets.</summary>
internal static partial class SettingsCheck
{
    /// <summary>The settings that do not exist, one sentence each with what may have been meant.</summary>
    public static IReadOnlyList<string> Unknown(IConfiguration configuration) =>
        [.. KeysOf(configuration).Where(IsMistake).Select(found => $"There is no setting {found.Key} ({Place(found)}). {NearestSetting.HintFor(found.Key)}")];

    /// <summary>The settings that go by their old name, one sentence each.</summary>
    public static IReadOnlyList<string> Renamed(IConfiguration configuration) =>
        [.. KeysOf(configuration).Select(found => (Found: found, NewName: RenamedSettings.NewNameOf(found.Key))).Where(renamed => renamed.NewName is not null)
            .Select(renamed => $"{renamed.Found.Key} ({Place(renamed.Found)}) is called {renamed.NewName} now. The next version will not know the old name.")];

    /// <summary>The settings that have no effect any more, one sentence each.</summary>
    public static IReadOnlyList<string> Removed(IConfiguration configuration) =>
        [.. KeysOf(configuration).Select(found => (Found: found, Reason: RemovedSettings.ReasonFor(found.Key))).Where(removed => removed.Reason is not null)
            .Select(removed => $"{removed.Found.Key} ({Place(removed.Found)}) has no effect any more: {removed.Reason}. Leave it out; the next version will not start with it.")];

    private static IEnumerable<(IConfigurationProvider Provider, string Key)> KeysOf(IConfiguration configuration) =>
        ((IConfigurationRoot)configuration).Providers.SelectMany(provider => KeysOf(provider, null).Select(key => (provider, key)))
            .DistinctBy(found => (found.provider, found.key.ToUpperInvariant()));

    private static IEnumerable<string> KeysOf(IConfigurationProvider provider, string? parent)
    {
        foreach (var child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? child : $"{parent}:{child}";
            if (provider.TryGet(key, out _))
                yield return key;
            foreach (var below in KeysOf(provider, key))
                yield return below;
        }
    }

    private static bool IsMistake((IConfigurationProvider Provider, string Key) found)
    {
        if (KnownSettings.Has(found.Key) || RemovedSettings.ReasonFor(found.Key) is not null || RenamedSettings.NewNameOf(found.Key) is not null)
            return false;
        return found.Provider switch
        {
            // Kubernetes and Docker tell every container of every service; one called voiceworker--x gets among ours.
            EnvironmentVariablesConfigurationProvider => !ServiceVariable().IsMatch(found.Key),
            // An appsettings.json where the worker was started may be another program's, with sections of its own.
            JsonConfigurationProvider => IsOurs(found.Key.Split(':')[0]),
            CommandLineConfigurationProvider => true,
            // The host's own, which nobody typed.
            _ => false,
        };
    }

    private static bool IsOurs(string section) => KnownSettings.TopSections.Any(known => NearestSetting.Distance(section, known) <= 2);

    private static string Place((IConfigurationProvider Provider, string Key) found) => found.Provider switch
    {
        EnvironmentVariablesConfigurationProvider => $"environment variable {WorkerHost.EnvironmentPrefix}{found.Key.Replace(":", "__", StringComparison.Ordinal)}",
        JsonConfigurationProvider file => file.Source.FileProvider?.GetFileInfo(file.Source.Path!).PhysicalPath ?? file.Source.Path!,
        _ => "command line",
    };

    // https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables
    [GeneratedRegex("_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceVariable();
}
