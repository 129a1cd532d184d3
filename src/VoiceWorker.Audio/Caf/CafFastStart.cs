using System.Buffers.Binary;

namespace VoiceWorker.Audio.Caf;

/// <summary>
/// Puts a CAF file's packet table (<c>pakt</c>) in front of its data (Apple Core Audio Format Specification 1.0). Recorders
/// write it last; without it compressed data cannot be cut into packets, and a pipe cannot be read backwards.
/// </summary>
internal static class CafFastStart
{
    private const int FileHeader = 8;
    private const int ChunkHeader = 12;

    /// <summary>The file's parts in the order in which they can be streamed.</summary>
    /// <returns>The file as it is when there is no table behind the data, or when it is damaged: ffmpeg says how.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Arrange(ReadOnlyMemory<byte> file)
    {
        int? data = null;
        for (var start = FileHeader; start + ChunkHeader <= file.Length;)
        {
            var chunk = file.Span[start..];
            var size = BinaryPrimitives.ReadInt64BigEndian(chunk[4..]);
            if (size < 0 || size > chunk.Length - ChunkHeader)
                break;

            var end = start + ChunkHeader + (int)size;
            if (chunk.StartsWith("data"u8))
                data ??= start;
            else if (data is { } before && chunk.StartsWith("pakt"u8))
                return [file[..before], file[start..end], file[before..start], file[end..]];
            start = end;
        }

        return [file];
    }
}
