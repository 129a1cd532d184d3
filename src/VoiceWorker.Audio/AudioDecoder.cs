using Microsoft.Extensions.Options;
using VoiceWorker.Audio.Estimating;
using VoiceWorker.Audio.Ffmpeg;
using VoiceWorker.Audio.Opus;
using VoiceWorker.Audio.Resampling;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio;

/// <summary>Decodes WAV/PCM and plain Opus files in process and everything else through ffmpeg.</summary>
internal sealed class AudioDecoder(FfmpegDecoder ffmpeg, FfmpegInventory inventory, IOptions<AudioOptions> options) : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "audio-decoder";

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => inventory.CheckDecodersAsync(cancellationToken);

    /// <inheritdoc/>
    public TimeSpan EstimateDuration(AudioInput audio) => PlayingTime.Estimate(audio, options.Value.MaxDuration);

    /// <inheritdoc/>
    public async ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken)
    {
        using var decoded = audio.IsBase64 ? Base64Audio.Decode(audio.Data.Span) : null;
        var file = decoded?.Written ?? audio.Data;
        var (container, start) = AudioSniffer.Sniff(file.Span);
        file = file[start..];
        if (container == AudioContainers.Wav)
        {
            var wav = WavParser.Parse(file);
            if (wav.Encoding != WavEncoding.Other)
            {
                CheckLimits(wav);
                return Resampler.ToSpeech(new WavSamples(wav), container.Name, cancellationToken);
            }
        }

        if (options.Value.OpusInProcess && OpusFile.TryDecode(file.Span, container, options.Value.MaxDuration, cancellationToken) is { } opus)
            return opus;

        return await ffmpeg.DecodeAsync(file, container, cancellationToken);
    }

    private void CheckLimits(WavFile wav)
    {
        var limits = options.Value;
        if (wav.SampleRate < limits.MinSampleRate || wav.SampleRate > limits.MaxSampleRate)
            throw AudioLimits.SampleRate(AudioContainers.Wav.Name, limits, wav.SampleRate);
        if (wav.Channels > limits.MaxChannels)
            throw AudioLimits.Channels(AudioContainers.Wav.Name, wav.Channels, limits);
        if (wav.FrameCount > limits.MaxDuration.TotalSeconds * wav.SampleRate)
            throw AudioLimits.TooLong(limits.MaxDuration);
    }
}
