using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Audio.Mp4;
using VoiceWorker.Engines.Audio.Sniffing;
using VoiceWorker.Engines.Processes;

namespace VoiceWorker.Engines.Audio.Ffmpeg;

/// <summary>Decodes compressed audio in a process of its own, which may hang, crash or overflow without harm.</summary>
internal sealed class FfmpegDecoder(ChildProcessRunner runner, IOptions<AudioOptions> options)
{
    private const int BytesPerSecond = DecodedAudio.SampleRate * sizeof(short);

    /// <summary>Decodes a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="container">What they are.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <exception cref="EngineException">The file is damaged or too long, or ffmpeg failed.</exception>
    public async Task<DecodedAudio> DecodeAsync(ReadOnlyMemory<byte> file, AudioContainer container, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxDuration;
        var maxBytes = (int)(limit.TotalSeconds * BytesPerSecond);
        using var result = await runner.RunAsync(
            new ChildProcessRequest(options.Value.FfmpegPath, FfmpegArguments.Decode(container, limit + TimeSpan.FromSeconds(1)))
            {
                Input = container == AudioContainers.Mp4 ? Mp4FastStart.Arrange(file) : [file],
                Timeout = options.Value.ProcessTimeout,
                MaxOutputBytes = maxBytes,
                MaxMemoryBytes = options.Value.ProcessMemoryMiB * 1024L * 1024L,
            },
            cancellationToken);

        if (FfmpegFailure.OfProcess(result, $"decoding {container.Name}", options.Value) is { } failure)
            throw failure;
        if (result.Outcome == ChildProcessOutcome.OutputTooLarge)
            throw AudioLimits.TooLong(limit);
        if (result.ExitCode != 0)
            throw EngineException.BadJob(ErrorCode.UnsupportedAudio, $"The audio ({container.Name}) cannot be decoded: {result.ErrorLine}");

        return ToSamples(result.Output.Span, container.Name);
    }

    private static DecodedAudio ToSamples(ReadOnlySpan<byte> pcm, string name)
    {
        var shorts = MemoryMarshal.Cast<byte, short>(pcm);
        if (shorts.IsEmpty)
            throw AudioLimits.NoSamples();

        var owner = new PooledMemory<float>(shorts.Length);
        var samples = owner.GetSpan()[..shorts.Length];
        TensorPrimitives.ConvertTruncating(shorts, samples);
        TensorPrimitives.Multiply(samples, 1f / 32_768, samples);
        return new DecodedAudio(owner, shorts.Length, name);
    }
}
