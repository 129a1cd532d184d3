using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace VoiceWorker.Contract.Bodies;

/// <summary>Undoes the compression of a body, up to a limit: a few kilobytes can stand for gigabytes.</summary>
internal static class Decompressor
{
    /// <summary>How many times smaller deflate makes something at most.</summary>
    public const int HighestRatio = 1032;

    private const int Step = 64 * 1024;
    private const int SmallestGzip = 18;

    /// <summary>Decompresses a body.</summary>
    /// <param name="body">The compressed bytes.</param>
    /// <param name="compression">What made them.</param>
    /// <param name="maxBytes">The limit.</param>
    /// <returns>The bytes; null when there are more than the limit.</returns>
    /// <exception cref="InvalidDataException">The body is damaged, cut short, or not compressed like this.</exception>
    public static ReadOnlyMemory<byte>? Undo(ReadOnlyMemory<byte> body, Compression compression, int maxBytes)
    {
        if (compression == Compression.Gzip)
            return Gunzip(body, maxBytes);
        try
        {
            return Read(new ZLibStream(new WholeStream(Segment(body)), CompressionMode.Decompress), body.Length, maxBytes);
        }
        catch (InvalidDataException)
        {
            return Read(new DeflateStream(new WholeStream(Segment(body)), CompressionMode.Decompress), body.Length, maxBytes);
        }
    }

    private static ReadOnlyMemory<byte>? Gunzip(ReadOnlyMemory<byte> body, int maxBytes)
    {
        var input = Segment(body);
        var bytes = Read(new GZipStream(new MemoryStream(input.Array!, input.Offset, input.Count), CompressionMode.Decompress), body.Length, maxBytes);
        // GZipStream ends without a word where its input ends; the length at the end of the file tells.
        if (bytes is { } whole && (body.Length < SmallestGzip || BinaryPrimitives.ReadUInt32LittleEndian(body.Span[^sizeof(uint)..]) != (uint)whole.Length))
            throw new InvalidDataException("The length at the end is another one.");
        return bytes;
    }

    private static ReadOnlyMemory<byte>? Read(Stream stream, int compressed, int maxBytes)
    {
        using (stream)
        {
            var output = new ArrayBufferWriter<byte>(Math.Min(maxBytes, Math.Max(Step, 2 * compressed)));
            while (output.WrittenCount <= maxBytes)
            {
                var read = stream.Read(output.GetSpan(Step));
                if (read == 0)
                    return output.WrittenMemory;
                output.Advance(read);
            }

            return null;
        }
    }

    private static ArraySegment<byte> Segment(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new(bytes.ToArray());

    /// <summary>The input of a decompressor that ends by itself: when it wants more, the input was cut short.</summary>
    private sealed class WholeStream(ArraySegment<byte> bytes) : MemoryStream(bytes.Array!, bytes.Offset, bytes.Count)
    {
        // The other ways to read come here, too.
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new InvalidDataException("The input ends too early.");
    }
}
