using Microsoft.Extensions.Options;

namespace VoiceWorker.Host.Hosting;

/// <summary>Refuses a start with fewer files than the endpoint's connections may take.</summary>
/// <param name="limit">How many files the process may have open; null when there is no limit.</param>
internal sealed class OpenFilesRule(long? limit) : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options) => limit < OpenFiles.Least(options)
        ? ValidateOptionsResult.Fail(
            $"The process may have only {limit} files open, and needs at least {OpenFiles.Least(options)} with Http:MaxConnections={options.MaxConnections}. Raise the limit (ulimit -n, LimitNOFILE= of systemd), or lower Http:MaxConnections.")
        : ValidateOptionsResult.Success;
}
