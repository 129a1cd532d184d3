namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>Builds inside a test.</summary>
internal static class BuildServers
{
    /// <summary>No server may outlive the build with its output in flight; the compiler's is used where the tests' own script started one.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Environment = new Dictionary<string, string?>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = $"{System.Environment.GetEnvironmentVariable("SharedCompilationId") is not null}",
    };
}
