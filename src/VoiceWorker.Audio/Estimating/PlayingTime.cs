using System.Buffers.Binary;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Audio.Estimating;

/// <summary>
/// Guesses how long a file plays, and with it what work it makes: from its header, where that tells, else from its size
/// and the usual bit rate of its format. Only the order of jobs depends on it; a header may lie.
/// </summary>
internal static class PlayingTime
{
    // Enough for a header behind the first elements of a Matroska file.
    private const int Beginning = 1_024;

    private const uint SpeechCodec = 4_000;
    private const uint MusicCodec = 8_000;
    private const uint LosslessCodec = 40_000;

    // Nothing accepted has fewer bytes a second that are samples, or more.
    private const uint SlowestPcm = 4_000;
    private const uint FastestPcm = 8 * 4 * 192_000;

    // Decoding so many samples of all channels takes about as long as recognising a second of speech.
    private const double SamplesLikeASecond = 2_500_000;

    /// <summary>Guesses.</summary>
    /// <param name="audio">The file, or its base64 text.</param>
    /// <param name="limit">The longest audio that is accepted; longer than that nothing is worked on.</param>
    public static TimeSpan Estimate(AudioInput audio, TimeSpan limit)
    {
        var file = new FilePeek(audio);
        Span<byte> buffer = stackalloc byte[Beginning];
        var beginning = buffer[..file.Read(0, buffer)];
        if (beginning.Length < 12)
            return TimeSpan.Zero;

        var claim = SoundClaim.Of(file, beginning);
        var seconds = claim is { Seconds: > 0 } ? Math.Max(claim.Value.Seconds, (double)file.Length / FastestPcm) : (double)file.Length / BytesPerSecond(beginning);
        seconds = Math.Min(seconds, limit.TotalSeconds);
        return TimeSpan.FromSeconds(seconds + seconds * (claim?.SamplesPerSecond ?? 0) / SamplesLikeASecond);
    }

    private static uint BytesPerSecond(ReadOnlySpan<byte> beginning) => beginning switch
    {
        [(byte)'R', (byte)'I' or (byte)'F', ..] when beginning.Length >= 32 =>
            Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(beginning[28..]), SlowestPcm, FastestPcm),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] or [0x1A, 0x45, 0xDF, 0xA3, ..] or [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => SpeechCodec,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] or [(byte)'F', (byte)'O', (byte)'R', (byte)'M', ..] or [(byte)'w', (byte)'v', (byte)'p', (byte)'k', ..] => LosslessCodec,
        _ => MusicCodec,
    };
}
