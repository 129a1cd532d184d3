using System.Buffers.Text;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Audio.Estimating;

/// <summary>Reads here and there in a file that may still be base64 text.</summary>
/// <param name="audio">The file. White space in its text makes what is read meaningless.</param>
internal readonly ref struct FilePeek(AudioInput audio)
{
    private readonly ReadOnlySpan<byte> _data = audio.Data.Span;
    private readonly bool _isBase64 = audio.IsBase64;

    /// <summary>Bytes of the file, or up to two more.</summary>
    public long Length => _isBase64 ? Base64.GetMaxDecodedFromUtf8Length(_data.Length) : _data.Length;

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">Of the first.</param>
    /// <param name="destination">As many as there are up to its end, at most 1,024.</param>
    /// <returns>How many there were.</returns>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length)
            return 0;
        if (!_isBase64)
        {
            var bytes = _data[(int)offset..][..Math.Min(destination.Length, _data.Length - (int)offset)];
            bytes.CopyTo(destination);
            return bytes.Length;
        }

        // Three bytes are four characters.
        var skipped = (int)(offset % 3);
        var characters = _data[(int)(offset / 3 * 4)..];
        characters = characters[..Math.Min(characters.Length, (skipped + destination.Length + 2) / 3 * 4)];
        Span<byte> decoded = stackalloc byte[characters.Length / 4 * 3];
        Base64.DecodeFromUtf8(characters, decoded, out _, out var count);
        var found = decoded[Math.Min(skipped, count)..count];
        found = found[..Math.Min(found.Length, destination.Length)];
        found.CopyTo(destination);
        return found.Length;
    }
}
