using System.Text;
using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Asks espeak-ng for its voices, once; a failure is not kept.</summary>
internal sealed class EspeakVoiceList(ChildProcessRunner runner, IOptions<EspeakNgOptions> options)
{
    private volatile EspeakVoices? _voices;

    /// <summary>The installed voices.</summary>
    /// <exception cref="EngineException">espeak-ng does not run.</exception>
    public async ValueTask<EspeakVoices> GetAsync(CancellationToken cancellationToken) =>
        _voices ??= EspeakVoices.Parse(await AskAsync("--voices", cancellationToken), await AskAsync("--voices=variant", cancellationToken));

    /// <summary>The first line that <c>--version</c> prints.</summary>
    /// <exception cref="EngineException">espeak-ng does not run.</exception>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await AskAsync("--version", cancellationToken)).Split("  ")[0].Trim();

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        using var result = await runner.RunAsync(
            new ChildProcessRequest(options.Value.Path, [question])
            {
                Timeout = options.Value.ProcessTimeout,
                MaxOutputBytes = 1024 * 1024,
                MayWriteFiles = true,
            },
            cancellationToken);
        return result.Succeeded
            ? Encoding.UTF8.GetString(result.Output.Span)
            : throw EspeakFailure.Of(result, options.Value);
    }
}
