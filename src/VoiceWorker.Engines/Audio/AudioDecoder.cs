using Microsoft.Extensions.Options;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Audio.Ffmpeg;
using VoiceWorker.Engines.Audio.Opus;
using VoiceWorker.Engines.Audio.Resampling;
using VoiceWorker.Engines.Audio.Sniffing;
using VoiceWorker.Engines.Audio.Wav;

namespace VoiceWorker.Engines.Audio;

/// <summary>Decodes WAV/PCM and plain Opus files in process and everything else through ffmpeg.</summary>
internal sealed class AudioDecoder(FfmpegDecoder ffmpeg, FfmpegInventory inventory, IOptions<AudioOptions> options) : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "audio-decoder";

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => inventory.CheckDecodersAsync(cancellationToken);

    /// <inheritdoc/>
    public TimeSpan EstimateDuration(AudioInput audio) => PlayingTime.Estimate(audio);

    /// <inheritdoc/>
    public async ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken)
    {
        using var decoded = audio.IsBase64 ? Base64Audio.Decode(audio.Data.Span) : null;
        var file = decoded?.Written ?? audio.Data;
        var container = AudioSniffer.Sniff(file.Span);
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
        {
            throw EngineException.BadJob(
                ErrorCode.UnsupportedAudio,
                $"The WAV file's sample rate is {wav.SampleRate} Hz; accepted are {limits.MinSampleRate} to {limits.MaxSampleRate} Hz.");
        }

        if (wav.Channels > limits.MaxChannels)
        {
            throw EngineException.BadJob(
                ErrorCode.UnsupportedAudio, $"The WAV file has {wav.Channels} channels; accepted are 1 to {limits.MaxChannels}.");
        }

        if (wav.FrameCount > limits.MaxDuration.TotalSeconds * wav.SampleRate)
            throw AudioLimits.TooLong(limits.MaxDuration);
    }
}
