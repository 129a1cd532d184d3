using System.Buffers.Binary;

namespace VoiceWorker.Audio.Wav;

/// <summary>Writes 16-bit mono PCM as RIFF/WAVE.</summary>
public static class WavWriter
{
    private const int HeaderBytes = 44;

    /// <summary>A whole file.</summary>
    /// <param name="pcm">16-bit little-endian samples.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    public static byte[] Write(ReadOnlySpan<byte> pcm, int sampleRate)
    {
        const int frameBytes = 2;
        var file = GC.AllocateUninitializedArray<byte>(HeaderBytes + pcm.Length);
        var header = file.AsSpan(0, HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * frameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], frameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], pcm.Length);
        pcm.CopyTo(file.AsSpan(HeaderBytes));
        return file;
    }
}
