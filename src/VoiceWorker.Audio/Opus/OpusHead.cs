using System.Buffers.Binary;

namespace VoiceWorker.Audio.Opus;

/// <summary>The identification header of an Opus stream (RFC 7845, section 5.1), which WebM stores as the codec's private data.</summary>
/// <param name="Channels">One or two.</param>
/// <param name="PreSkip">Samples at 48 kHz to leave out at the beginning.</param>
/// <param name="Gain">To apply to the output, in 1/256 dB.</param>
internal readonly record struct OpusHead(int Channels, int PreSkip, int Gain)
{
    private const int Bytes = 19;

    /// <summary>Reads a header.</summary>
    /// <returns>Null unless it announces what one decoder can do: one or two channels in one stream (mapping family 0).</returns>
    public static OpusHead? Parse(ReadOnlySpan<byte> packet)
    {
        const int major = 0xF0;
        var isPlain = packet.Length >= Bytes && packet.StartsWith("OpusHead"u8)
            && (packet[8] & major) == 0 && packet[9] is (1 or 2) && packet[18] == 0;
        return isPlain
            ? new OpusHead(packet[9], BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]), BinaryPrimitives.ReadInt16LittleEndian(packet[16..]))
            : null;
    }
}
