using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Stands for the configuration as a whole, so that unknown settings are reported together with all other mistakes.</summary>
internal sealed class WholeConfiguration;

/// <summary>Refuses unknown settings, and warns of those that are no more or have another name.</summary>
internal sealed class SettingsValidator(IConfiguration configuration, ILogger<SettingsValidator> log) : IValidateOptions<WholeConfiguration>
{
    public ValidateOptionsResult Validate(string? name, WholeConfiguration options)
    {
        foreach (var warning in SettingsCheck.Removed(configuration).Concat(SettingsCheck.Renamed(configuration)))
            Log.OldSetting(log, warning);
        var unknown = SettingsCheck.Unknown(configuration);
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }
}
