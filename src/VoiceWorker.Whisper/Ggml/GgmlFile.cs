namespace VoiceWorker.Whisper.Ggml;

/// <summary>
/// A verified whisper.cpp model file (<c>ggml-*.bin</c>). <see cref="Open(string)"/> reads the header, filters, vocabulary and
/// the place of every tensor, and checks all of them; tensor data is read on demand. Not thread-safe.
/// </summary>
public sealed class GgmlFile : IDisposable
{
    private const int ReadBlocks = 8192;
    private readonly Stream _stream;

    private GgmlFile(Stream stream, GgmlContents contents) => (_stream, Contents) = (stream, contents);

    /// <summary>Everything but the tensors' data.</summary>
    public GgmlContents Contents { get; }

    /// <summary>Opens and verifies a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GgmlFormatException">Says what is wrong with the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static GgmlFile Open(string path) => Open(File.OpenRead(path));

    /// <summary>Verifies a seekable stream, which is disposed with the result, or at once when it is wrong.</summary>
    /// <exception cref="GgmlFormatException">Says what is wrong.</exception>
    public static GgmlFile Open(Stream stream)
    {
        try
        {
            return new(stream, GgmlParser.Parse(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Verifies a file without keeping it open: before a native library that trusts its input reads it.</summary>
    /// <inheritdoc cref="Open(string)" path="/exception"/>
    public static GgmlContents Verify(string path)
    {
        using var file = Open(path);
        return file.Contents;
    }

    /// <summary>Reads a tensor's values as single precision, row-major.</summary>
    /// <param name="name">A name that <see cref="GgmlContents.Tensors"/> has.</param>
    /// <param name="values">Receives the values; as long as the tensor's <see cref="GgmlTensor.Count"/>.</param>
    /// <exception cref="NotSupportedException">A type that only whisper.cpp itself reads (k-quants).</exception>
    public void ReadTensor(string name, Span<float> values)
    {
        var tensor = Contents.Tensors[name];
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, tensor.Count);
        var block = tensor.Type.Block();
        var data = new byte[Math.Min(tensor.ByteLength, ReadBlocks * block.Bytes)];
        _stream.Position = tensor.Offset;
        while (values.Length > 0)
        {
            var count = Math.Min(values.Length, ReadBlocks * block.Values);
            var bytes = data.AsSpan(0, count / block.Values * block.Bytes);
            _stream.ReadExactly(bytes);
            GgmlDequantizer.Dequantize(tensor.Type, bytes, values[..count]);
            values = values[count..];
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
