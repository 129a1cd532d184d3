using System.Buffers.Binary;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Audio.Opus;

/// <summary>Packs the packets of one stream into Ogg pages (RFC 3533).</summary>
/// <param name="output">Where finished pages go.</param>
/// <param name="serial">The stream's number, to tell it from others when files are chained.</param>
internal sealed class OggWriter(PooledBuffer output, uint serial)
{
    private const int MaxSegments = 255;

    private readonly byte[] _segments = new byte[MaxSegments];
    private readonly byte[] _body = new byte[MaxSegments * 255];
    private int _segmentCount;
    private int _bodyLength;
    private uint _sequence;
    private long _position;

    /// <summary>Adds a packet to the current page, which is written first when there is no more room in it.</summary>
    /// <param name="packet">At most 65,024 bytes: a packet never spans pages here.</param>
    /// <param name="position">The granule position once the packet has been played.</param>
    public void Add(ReadOnlySpan<byte> packet, long position)
    {
        var needed = packet.Length / 255 + 1;
        if (_segmentCount + needed > MaxSegments)
            Flush();

        _segments.AsSpan(_segmentCount, needed - 1).Fill(255);
        _segments[_segmentCount + needed - 1] = (byte)(packet.Length % 255);
        packet.CopyTo(_body.AsSpan(_bodyLength));
        _segmentCount += needed;
        _bodyLength += packet.Length;
        _position = position;
    }

    /// <summary>Writes the current page.</summary>
    /// <param name="last">Whether it ends the stream.</param>
    public void Flush(bool last = false)
    {
        var length = OggPage.HeaderBytes + _segmentCount + _bodyLength;
        var page = output.GetSpan(length)[..length];
        page.Clear();
        "OggS"u8.CopyTo(page);
        page[5] = (byte)((_sequence == 0 ? OggPage.First : 0) | (last ? OggPage.Last : 0));
        BinaryPrimitives.WriteInt64LittleEndian(page[6..], _position);
        BinaryPrimitives.WriteUInt32LittleEndian(page[14..], serial);
        BinaryPrimitives.WriteUInt32LittleEndian(page[18..], _sequence++);
        page[26] = (byte)_segmentCount;
        _segments.AsSpan(0, _segmentCount).CopyTo(page[OggPage.HeaderBytes..]);
        _body.AsSpan(0, _bodyLength).CopyTo(page[(OggPage.HeaderBytes + _segmentCount)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(page[OggCrc.Offset..], OggCrc.Of(page));
        output.Advance(length);
        (_segmentCount, _bodyLength) = (0, 0);
    }
}
