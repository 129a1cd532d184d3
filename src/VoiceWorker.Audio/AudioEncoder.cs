using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Ffmpeg;
using VoiceWorker.Audio.Opus;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio;

/// <summary>Encodes WAV, and Opus where libopus is installed, in process and everything else through ffmpeg.</summary>
internal sealed class AudioEncoder(ChildProcessRunner runner, FfmpegInventory inventory, IOptions<AudioOptions> options) : IAudioEncoder
{
    /// <inheritdoc/>
    public string Name => "audio-encoder";

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => inventory.CheckEncodersAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken)
    {
        if (speech.Pcm.IsEmpty)
            throw EngineException.BadJob(ErrorCode.EncodingFailed, "There is no speech to encode.");
        if (format == AudioFormat.Wav)
            return new EncodedAudio(WavWriter.Write(speech.Pcm.Span, speech.SampleRate), format);
        if (format == AudioFormat.OggOpus && options.Value.OpusInProcess && OperatingSystem.IsLinux() && LibOpus.IsAvailable)
            return new EncodedAudio(OggOpusEncoder.Encode(speech, options.Value.OpusBitrate, options.Value.OpusComplexity, cancellationToken), format);

        return await EncodeByFfmpegAsync(speech.Pcm, FfmpegArguments.Encode(speech.SampleRate, format, options.Value), format, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken) =>
        await EncodeByFfmpegAsync(audio.Data, FfmpegArguments.Recode(audio.Format, AudioFormat.OggOpus, options.Value), AudioFormat.OggOpus, cancellationToken);

    private async Task<EncodedAudio> EncodeByFfmpegAsync(ReadOnlyMemory<byte> input, IReadOnlyList<string> arguments, AudioFormat format, CancellationToken cancellationToken)
    {
        using var result = await runner.RunAsync(
            new ChildProcessRequest(options.Value.FfmpegPath, arguments)
            {
                Input = [input],
                Timeout = options.Value.ProcessTimeout,

                // The highest bit rates on the lowest sample rates make more bytes than the PCM had.
                MaxOutputBytes = checked(input.Length * 4 + 64 * 1024),
                MaxMemoryBytes = options.Value.ProcessMemoryMiB * 1024L * 1024L,
            },
            cancellationToken);

        if (FfmpegFailure.OfProcess(result, $"encoding {format.MediaType()}", options.Value) is { } failure)
        {
            inventory.Forget();
            throw failure;
        }

        if (!result.Succeeded || result.Output.IsEmpty)
            throw EngineException.Transient(ErrorCode.EncodingFailed, $"ffmpeg could not encode {format.MediaType()}: {result.ErrorLine}");

        return new EncodedAudio(result.Output.ToArray(), format);
    }
}
