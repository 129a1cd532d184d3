using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceWorker.Whisper.Ggml;

/// <summary>Reads the little-endian fields of a ggml file; says what it was reading when the file ends too early.</summary>
internal sealed class GgmlStreamReader(Stream stream)
{
    public long Position => stream.Position;

    public bool AtEnd => stream.Position >= stream.Length;

    public int ReadInt32(string what)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Fill(bytes, what);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public byte[] ReadBytes(int count, string what)
    {
        Need(count, what);
        var bytes = new byte[count];
        Fill(bytes, what);
        return bytes;
    }

    public float[] ReadFloats(int count, string what)
    {
        Need((long)count * sizeof(float), what);
        var values = new float[count];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()), what);
        return values;
    }

    public void Skip(long count, string what)
    {
        Need(count, what);
        stream.Position += count;
    }

    private void Fill(Span<byte> bytes, string what)
    {
        Need(bytes.Length, what);
        stream.ReadExactly(bytes);
    }

    // Asked before anything is allocated, so that a length in a hostile file never costs more memory than the file is long.
    private void Need(long count, string what)
    {
        var left = stream.Length - stream.Position;
        if (count > left)
            throw new GgmlFormatException($"the file is truncated: {what} at byte {stream.Position} needs {count} bytes, {left} are left; fetch the file again");
    }
}
