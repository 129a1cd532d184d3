namespace VoiceWorker.Host.Cli;

/// <summary>What every command gets.</summary>
/// <param name="Run">The daemon: takes configuration arguments, returns the exit code.</param>
/// <param name="CreateBuilder">The composition root without broker and web server: options, engines and the pipeline.</param>
/// <param name="Terminal">Where results and messages go.</param>
internal sealed record CommandContext(
    Func<string[], CancellationToken, Task<int>> Run,
    Func<string[], HostApplicationBuilder> CreateBuilder,
    Terminal Terminal)
{
    /// <summary>The <c>--Section:Key=value</c> arguments of this command line.</summary>
    public string[] Configuration { get; init; } = [];
}
