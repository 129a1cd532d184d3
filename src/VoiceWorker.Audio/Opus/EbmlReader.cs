using System.Numerics;

namespace VoiceWorker.Audio.Opus;

/// <summary>
/// Walks through EBML elements (RFC 8794), each a number, a size and a body. Whoever leaves a body unread is shown its
/// elements next, so that neither depth nor unknown sizes matter.
/// </summary>
/// <param name="data">Elements, one behind the other.</param>
internal ref struct EbmlReader(ReadOnlySpan<byte> data)
{
    private const int MaxIdBytes = 4;
    private const int MaxSizeBytes = 8;
    private const ulong Unknown = ulong.MaxValue;

    private ReadOnlySpan<byte> _rest = data;
    private ulong _size;

    /// <summary>Whether everything was read; if nothing more can be and it was not, an element is damaged.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads an element whole.</summary>
    /// <returns>False, without moving, when there is none or the data end within it.</returns>
    public bool TryRead(out ulong id, out ReadOnlySpan<byte> body)
    {
        var before = _rest;
        body = default;
        if (TryReadHeader(out id) && TryReadBody(out body))
            return true;

        _rest = before;
        return false;
    }

    /// <summary>Reads an element's number, with the marker in its first byte, and its size.</summary>
    public bool TryReadHeader(out ulong id)
    {
        var header = _rest;
        if (!TryReadNumber(ref header, MaxIdBytes, keepMarker: true, out id))
            return false;

        var before = header.Length;
        if (!TryReadNumber(ref header, MaxSizeBytes, keepMarker: false, out _size))
            return false;
        if (_size == AllBits(before - header.Length))
            _size = Unknown;
        _rest = header;
        return true;
    }

    /// <summary>Reads the body of the element whose header was read last.</summary>
    /// <returns>False when its size is unknown, or larger than the data.</returns>
    public bool TryReadBody(out ReadOnlySpan<byte> body)
    {
        body = default;
        if (_size > (ulong)_rest.Length)
            return false;

        body = _rest[..(int)_size];
        _rest = _rest[body.Length..];
        return true;
    }

    /// <summary>Reads a number whose length is the position of the first bit that is set: section 4.</summary>
    /// <param name="data">Moved behind the number.</param>
    /// <param name="maxBytes">At most eight.</param>
    /// <param name="keepMarker">Whether that bit counts.</param>
    /// <param name="number">The number.</param>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> data, int maxBytes, bool keepMarker, out ulong number)
    {
        number = 0;
        var length = data.IsEmpty ? int.MaxValue : BitOperations.LeadingZeroCount((uint)data[0] << 24) + 1;
        if (length > maxBytes || length > data.Length)
            return false;

        foreach (var b in data[..length])
            number = number << 8 | b;
        if (!keepMarker)
            number &= AllBits(length);
        data = data[length..];
        return true;
    }

    private static ulong AllBits(int bytes) => (1UL << 7 * bytes) - 1;
}
