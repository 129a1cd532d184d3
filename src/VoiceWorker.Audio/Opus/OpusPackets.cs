using Concentus.Structs;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Audio.Opus;

/// <summary>The packets of one Opus stream, out of their container. Holds no more than the file did, and no more than the limit plays.</summary>
/// <param name="fileLength">The file's size, in bytes.</param>
/// <param name="limit">The longest audio that is accepted.</param>
internal sealed class OpusPackets(int fileLength, TimeSpan limit) : IDisposable
{
    /// <summary>The rate in which Opus counts, whatever was recorded, in Hz (RFC 7845, section 4). All samples here are at this rate.</summary>
    public const int Rate = 48_000;

    // RFC 7845, section 6: of a single stream no packet that makes sense is longer.
    private const int MaxPacketBytes = 61_440;

    private readonly PooledBuffer _bytes = new(fileLength);
    private readonly List<int> _ends = [];
    private int _endTrim;

    /// <summary>The stream's header; null until it is known.</summary>
    public OpusHead? Head { get; set; }

    /// <summary>Samples of all packets.</summary>
    public int Duration { get; private set; }

    /// <summary>Samples of the last packet.</summary>
    public int LastDuration { get; private set; }

    /// <summary>Samples that remain when beginning and end are trimmed.</summary>
    public int TrimmedDuration => Math.Max(0, Duration - _endTrim - (Head?.PreSkip ?? 0));

    /// <summary>A packet.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.Written.Span[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

    /// <summary>Adds bytes to the packet that is not complete yet.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(_bytes.GetSpan(piece.Length));
        _bytes.Advance(piece.Length);
    }

    /// <summary>Ends a packet.</summary>
    /// <returns>Whether it is one (RFC 6716, section 3.1: it tells how long it plays), comes behind a header, and before the end.</returns>
    /// <exception cref="Core.Ports.EngineException">The audio is too long, whatever is trimmed from this packet.</exception>
    public bool Complete()
    {
        _ends.Add(_bytes.Length);
        var packet = this[_ends.Count - 1];
        LastDuration = packet.Length <= MaxPacketBytes ? OpusPacketInfo.GetNumSamples(packet, Rate) : 0;
        if (LastDuration <= 0 || Head is not { } head || _endTrim > 0)
            return false;

        if (Duration - head.PreSkip > limit.TotalSeconds * Rate)
            throw AudioLimits.TooLong(limit);
        Duration += LastDuration;
        return true;
    }

    /// <summary>Ends the stream before the end of its last packet.</summary>
    /// <param name="samples">To leave out.</param>
    /// <returns>Whether the last packet has so many.</returns>
    public bool TrimEnd(long samples)
    {
        _endTrim = (int)Math.Clamp(samples, 0, LastDuration);
        return samples <= LastDuration;
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();
}
