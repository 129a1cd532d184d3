using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Wav;

/// <summary>Reads WAV files as recorders write them; what is not plain PCM or G.711 it leaves to ffmpeg.</summary>
public static class WavParser
{
    /// <summary>Finds format and samples.</summary>
    /// <param name="file">A whole file whose first twelve bytes have been recognised.</param>
    /// <exception cref="EngineException">The file has no usable format or no data.</exception>
    public static WavFile Parse(ReadOnlyMemory<byte> file)
    {
        var chunks = new WavChunks(file.Span);
        if (chunks.Format.IsEmpty)
            throw Damaged("it has no format chunk");
        if (chunks.Data is not { } range)
            throw Damaged("it has no data chunk");

        // Of RIFX ffmpeg takes the samples for little endian.
        var format = WavFormat.Parse(chunks.IsBigEndian ? LittleEndian.OfFormat(chunks.Format) : chunks.Format);
        if (format.Encoding == WavEncoding.Other || chunks.IsSplit)
            return WavFile.Other;

        var data = file[range];
        data = data[..^(data.Length % (format.SampleBytes * format.Channels))];
        return new WavFile(format.Encoding, format.SampleRate, format.Channels, format.SampleBytes, chunks.IsBigEndian ? LittleEndian.OfSamples(data.Span, format.SampleBytes) : data);
    }

    /// <summary>The error for a file that cannot be read.</summary>
    public static EngineException Damaged(string why) =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, $"The WAV file is damaged: {why}.");
}
