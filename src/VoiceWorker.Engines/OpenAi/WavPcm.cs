using System.Buffers.Binary;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>
/// RIFF/WAVE with 16-bit PCM, as speech servers send and take it (Microsoft, "Multimedia Programming Interface and
/// Data Specifications 1.0").
/// </summary>
internal static class WavPcm
{
    /// <summary>The length of the header that <see cref="Write"/> puts before the samples, in bytes.</summary>
    public const int HeaderLength = 44;

    private const ushort Pcm = 1;
    private const ushort Extensible = 0xFFFE;

    /// <summary>
    /// Finds the samples. Servers that stream do not know sizes when they write the header: 0, 0xFFFFFFFF and anything
    /// else beyond the end mean "to the end".
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">It is not WAVE, or not 16-bit PCM with one or two channels.</exception>
    public static PcmAudio Parse(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("it is no WAV file.");
        (int Channels, int Rate)? format = null;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var id = bytes.Slice(at, 4);
            at += 8;
            if (id.SequenceEqual("data"u8))
                return Samples(size == 0 || size > bytes.Length - at ? file[at..] : file.Slice(at, (int)size), format);
            if (size > bytes.Length - at)
                break;
            if (id.SequenceEqual("fmt "u8))
                format = ReadFormat(bytes.Slice(at, (int)size));
            at += (int)size + (int)(size & 1);
        }

        throw new InvalidDataException("it is a WAV file without samples.");
    }

    /// <summary>Makes a file of mono samples.</summary>
    /// <param name="samples">Float samples; beyond [-1, 1] they are clipped.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    public static byte[] Write(ReadOnlySpan<float> samples, int sampleRate)
    {
        var file = new byte[checked(HeaderLength + (samples.Length * 2))];
        var header = file.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = (short)MathF.Round(Math.Clamp(samples[i], -1f, 1f) * short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(header[(HeaderLength + (i * 2))..], sample);
        }

        return file;
    }

    private static (int Channels, int Rate) ReadFormat(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16)
            throw new InvalidDataException("its WAV header is cut off.");
        var coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        return coding is Pcm or Extensible && bits == 16 && channels is 1 or 2 && rate is >= 4000 and <= 192_000
            ? (channels, rate)
            : throw new InvalidDataException($"it is WAV of coding {coding}, {bits} bits, {channels} channels, {rate} Hz instead of 16-bit PCM with one or two.");
    }

    private static PcmAudio Samples(ReadOnlyMemory<byte> data, (int Channels, int Rate)? format) => format switch
    {
        null => throw new InvalidDataException("its WAV header names no format."),
        { Channels: 1, Rate: var rate } => new PcmAudio(data[..(data.Length & ~1)], rate),
        { Rate: var rate } => new PcmAudio(Mix(data.Span), rate),
    };

    /// <summary>The mean of the left and the right channel.</summary>
    private static byte[] Mix(ReadOnlySpan<byte> stereo)
    {
        var mono = new byte[stereo.Length / 4 * 2];
        for (var i = 0; i < mono.Length; i += 2)
        {
            var sum = BinaryPrimitives.ReadInt16LittleEndian(stereo[(i * 2)..]) + BinaryPrimitives.ReadInt16LittleEndian(stereo[((i * 2) + 2)..]);
            BinaryPrimitives.WriteInt16LittleEndian(mono.AsSpan(i), (short)(sum / 2));
        }

        return mono;
    }
}
