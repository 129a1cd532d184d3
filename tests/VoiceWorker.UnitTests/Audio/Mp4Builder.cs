using System.Buffers.Binary;
using System.Text;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Writes MP4 boxes.</summary>
internal static class Mp4Builder
{
    /// <summary><c>ftyp</c>, <c>mdat</c>, <c>moov</c> with one track, <c>free</c>: as phones write it.</summary>
    public static byte[] IndexAtTheEnd(byte[] media, byte[] offsets, string tableName = "stco") =>
        [.. Box("ftyp", [.. "M4A \0\0\0\0"u8]), .. Box("mdat", media), .. Moov(offsets, tableName), .. Box("free", new byte[4])];

    public static byte[] Moov(byte[] offsets, string tableName = "stco") =>
        Box("moov", [.. Box("mvhd", new byte[20]), .. Box("trak", Box("mdia", Box("minf", [.. Box("smhd", new byte[8]), .. Box("stbl", Box(tableName, offsets))])))]);

    public static byte[] Box(string name, byte[] content) => [.. U32((uint)(8 + content.Length)), .. Encoding.ASCII.GetBytes(name), .. content];

    public static byte[] LongBox(string name, byte[] content) => [.. U32(1), .. Encoding.ASCII.GetBytes(name), .. U64((ulong)(16 + content.Length)), .. content];

    /// <summary>Version and flags, the count, the entries.</summary>
    public static byte[] Table(params uint[] offsets) => [.. U32(0), .. U32((uint)offsets.Length), .. offsets.SelectMany(U32)];

    public static byte[] LongTable(params ulong[] offsets) => [.. U32(0), .. U32((uint)offsets.Length), .. offsets.SelectMany(U64)];

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] U64(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
