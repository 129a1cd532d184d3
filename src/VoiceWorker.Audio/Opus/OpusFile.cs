using Concentus;
using VoiceWorker.Audio.Resampling;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Opus;

/// <summary>
/// Decodes what browsers and messengers record, Opus in Ogg or WebM, in process: starting ffmpeg costs several times as much
/// as decoding a sentence. The files are strangers', so all of it is managed code, which cannot write where it should not.
/// </summary>
internal static class OpusFile
{
    /// <summary>Decodes a file if it is a plain one: whole, undamaged, one stream of one or two channels.</summary>
    /// <param name="file">The whole of it.</param>
    /// <param name="container">What it is.</param>
    /// <param name="limit">The longest audio that is accepted.</param>
    /// <param name="cancellationToken">Checked every few thousand samples.</param>
    /// <returns>Null when ffmpeg should see to it.</returns>
    /// <exception cref="EngineException">It is too long, or without samples.</exception>
    public static DecodedAudio? TryDecode(ReadOnlySpan<byte> file, AudioContainer container, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (container != AudioContainers.OggOpus && container != AudioContainers.Matroska)
            return null;

        using var packets = new OpusPackets(file.Length, limit);
        var isPlain = container == AudioContainers.OggOpus ? OggOpusReader.TryRead(file, packets) : WebmOpusReader.TryRead(file, packets);
        if (!isPlain || packets.Head is not { } head)
            return null;
        if (packets.TrimmedDuration > limit.TotalSeconds * OpusPackets.Rate)
            throw AudioLimits.TooLong(limit);

        try
        {
            using var source = new OpusSource(packets, head);
            return Resampler.ToSpeech(source, container.Name, cancellationToken);
        }
        catch (Exception e) when (e is OpusException or IndexOutOfRangeException)
        {
            // What the decoder says about a packet, or, being a port of C, may do instead.
            return null;
        }
    }
}
