using System.Buffers.Binary;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>WAV files as speech servers send and take them.</summary>
internal static class ServerWav
{
    /// <summary>Reads any uncompressed WAV as 16-bit mono. Its sizes may be unset, as those of a stream are.</summary>
    /// <exception cref="InvalidDataException">It is no WAV file, a damaged or a compressed one.</exception>
    public static PcmAudio Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 12 || !file.Span.StartsWith("RIFF"u8) || !file.Span[8..].StartsWith("WAVE"u8))
            throw new InvalidDataException("it is no WAV file.");
        try
        {
            var wav = WavParser.Parse(file);
            return wav switch
            {
                { Encoding: WavEncoding.Other } => throw new InvalidDataException("it is a compressed WAV file."),
                { SampleRate: < 4000 or > 192_000 } => throw new InvalidDataException($"its sample rate is {wav.SampleRate} Hz."),
                { Encoding: WavEncoding.Pcm, SampleBytes: 2, Channels: 1 } => new PcmAudio(wav.Data, wav.SampleRate),
                _ => new PcmAudio(Mixed(wav), wav.SampleRate),
            };
        }
        catch (EngineException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Writes recognition's samples as a 16-bit mono file.</summary>
    public static byte[] Write(DecodedAudio audio) => WavWriter.Write(To16Bit(audio.Samples.Span), DecodedAudio.SampleRate);

    /// <summary>A recording in which nobody speaks, at recognition's rate.</summary>
    public static byte[] Silence(TimeSpan duration) => WavWriter.Write(new byte[(int)(duration.TotalSeconds * DecodedAudio.SampleRate) * sizeof(short)], DecodedAudio.SampleRate);

    private static byte[] Mixed(WavFile wav)
    {
        var samples = new WavSamples(wav);
        var mono = new float[samples.FrameCount];
        samples.Read(mono);
        return To16Bit(mono);
    }

    private static byte[] To16Bit(ReadOnlySpan<float> samples)
    {
        var pcm = GC.AllocateUninitializedArray<byte>(samples.Length * sizeof(short));
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = (short)MathF.Round(Math.Clamp(samples[i], -1f, 1f) * short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan(i * sizeof(short)), sample);
        }

        return pcm;
    }
}
