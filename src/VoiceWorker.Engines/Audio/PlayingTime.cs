using System.Buffers.Binary;
using System.Buffers.Text;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.Engines.Audio;

/// <summary>Guesses how long a file plays, from its size and the usual bit rate of its format. Only the order of jobs depends on it.</summary>
internal static class PlayingTime
{
    // Enough for the format chunk of a WAV file; as base64 it has 64 characters.
    private const int Beginning = 48;
    private const int WavByteRate = 28;

    private const uint SpeechCodec = 4_000;
    private const uint MusicCodec = 8_000;
    private const uint LosslessCodec = 40_000;
    private const uint SlowestPcm = 4_000;
    private const uint FastestPcm = 8 * 4 * 192_000;

    /// <summary>Guesses.</summary>
    /// <param name="audio">The file, or its base64 text.</param>
    public static TimeSpan Estimate(AudioInput audio)
    {
        var data = audio.Data.Span;
        if (!audio.IsBase64)
            return Estimate(data, data.Length);
        Span<byte> beginning = stackalloc byte[Beginning];
        Base64.DecodeFromUtf8(data[..Math.Min(data.Length, Base64.GetMaxEncodedToUtf8Length(Beginning))], beginning, out _, out var decoded);
        return Estimate(beginning[..decoded], Base64.GetMaxDecodedFromUtf8Length(data.Length));
    }

    private static TimeSpan Estimate(ReadOnlySpan<byte> beginning, long length) =>
        beginning.Length < 12 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)length / BytesPerSecond(beginning));

    private static uint BytesPerSecond(ReadOnlySpan<byte> beginning) => beginning switch
    {
        [(byte)'R', (byte)'I' or (byte)'F', ..] when beginning.Length >= WavByteRate + sizeof(uint) =>
            Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(beginning[WavByteRate..]), SlowestPcm, FastestPcm),
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] or [0x1A, 0x45, 0xDF, 0xA3, ..] or [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => SpeechCodec,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] or [(byte)'F', (byte)'O', (byte)'R', (byte)'M', ..] => LosslessCodec,
        _ => MusicCodec,
    };
}
