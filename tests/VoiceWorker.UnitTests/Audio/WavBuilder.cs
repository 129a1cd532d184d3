using System.Buffers.Binary;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Writes WAV files, right or wrong in any field.</summary>
internal sealed record WavBuilder
{
    public ushort Tag { get; init; } = 1;

    public ushort Channels { get; init; } = 1;

    public uint SampleRate { get; init; } = 16_000;

    public ushort Bits { get; init; } = 16;

    public byte[] Data { get; init; } = [];

    /// <summary>Bytes of a frame, as the header says.</summary>
    public ushort? FrameBytes { get; init; }

    /// <summary>Bytes a second, as the header says.</summary>
    public uint? ByteRate { get; init; }

    /// <summary>Bytes of the format chunk that are written.</summary>
    public int? FormatBytes { get; init; }

    /// <summary>Bytes of the format chunk, as its header says.</summary>
    public uint? FormatSize { get; init; }

    public uint? DataSize { get; init; }

    public uint? FileSize { get; init; }

    public string Magic { get; init; } = "RIFF";

    public bool Extensible { get; init; }

    /// <summary>Chunks before the format.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>Chunks between format and data.</summary>
    public byte[] Between { get; init; } = [];

    /// <summary>Chunks behind the data.</summary>
    public byte[] Behind { get; init; } = [];

    public byte[] Build()
    {
        var frame = FrameBytes ?? (ushort)(Channels * ((Bits + 7) / 8));
        var fields = new List<byte>();
        fields.AddRange(U16(Extensible ? (ushort)0xFFFE : Tag), U16(Channels), U32(SampleRate), U32(ByteRate ?? SampleRate * frame), U16(frame), U16(Bits));
        if (Extensible)
            fields.AddRange(U16(22), U16(Bits), U32(0), U16(Tag), [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);

        byte[] format = [.. fields.Take(FormatBytes ?? fields.Count)];
        var chunks = new List<byte>();
        chunks.AddRange(Ascii("WAVE"), Before, Ascii("fmt "), U32(FormatSize ?? (uint)format.Length), format, Between, Ascii("data"), U32(DataSize ?? (uint)Data.Length), Data, Behind);
        return [.. Ascii(Magic), .. U32(FileSize ?? (uint)chunks.Count), .. chunks];
    }

    public static byte[] Chunk(string name, byte[] body) =>
        [.. Ascii(name), .. U32((uint)body.Length), .. body, .. body.Length % 2 == 1 ? new byte[1] : []];

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}

internal static class ListExtensions
{
    public static void AddRange(this List<byte> list, params ReadOnlySpan<byte[]> parts)
    {
        foreach (var part in parts)
            list.AddRange((IEnumerable<byte>)part);
    }
}
