using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Ffmpeg;

/// <summary>Decodes compressed audio in a process of its own, which may hang, crash or overflow without harm.</summary>
internal sealed class FfmpegDecoder(ChildProcessRunner runner, FfmpegInventory inventory, IOptions<AudioOptions> options)
{
    // A file that takes this much of the time in work is too costly, and would be the next time; what else takes that long is the machine's fault.
    private const double MaxCpuShare = 2.0 / 3;

    /// <summary>Decodes a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="container">What they are.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <exception cref="EngineException">The file is damaged or beyond a limit, or ffmpeg failed.</exception>
    public async Task<DecodedAudio> DecodeAsync(ReadOnlyMemory<byte> file, AudioContainer container, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var output = new FfmpegOutput(container.Name, settings);
        using var result = await runner.RunAsync(
            new ChildProcessRequest(settings.FfmpegPath, FfmpegArguments.Decode(container, settings))
            {
                Input = container.Arrange(file),
                Output = output,
                Timeout = settings.ProcessTimeout,
                MaxCpuTime = settings.ProcessTimeout * MaxCpuShare,
                MaxMemoryBytes = settings.ProcessMemoryMiB * 1024L * 1024L,
            },
            cancellationToken);

        if (result is { IsOutOfCpuTime: true, HasReadInput: true })
            throw AudioLimits.TooCostly(container.Name, settings.ProcessTimeout * MaxCpuShare);
        if (FfmpegFailure.OfProcess(result, $"decoding {container.Name}", settings) is { } failure)
        {
            inventory.Forget();
            throw failure;
        }

        if (result.Outcome == ChildProcessOutcome.OutputTooLarge)
            throw AudioLimits.TooLong(settings.MaxDuration);
        if (result.ExitCode != 0 && result.Says(FfmpegArguments.RateRefusal))
            throw AudioLimits.SampleRate(container.Name, settings);
        if (result.ExitCode != 0)
            throw EngineException.BadJob(ErrorCode.UnsupportedAudio, $"The audio ({container.Name}) cannot be decoded: {result.ErrorLine}");

        return output.ToAudio();
    }
}
