using VoiceWorker.Audio.Mp4;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>The formats that begin with a name of their own.</summary>
internal static class FileHeaders
{
    private const int Shortest = 12;

    private static ReadOnlySpan<byte> AsfGuid => [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0, 0xAA, 0, 0x62, 0xCE, 0x6C];

    private static ReadOnlySpan<byte> Wave64Guid => [(byte)'r', (byte)'i', (byte)'f', (byte)'f', 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0, 0];

    /// <summary>The format of a file; null when its first bytes are no name.</summary>
    public static AudioContainer? Recognise(ReadOnlySpan<byte> file) =>
        file.Length < Shortest ? null
        : IsWav(file) ? AudioContainers.Wav
        : file.StartsWith("OggS"u8) ? OggSniffer.Sniff(file)
        : IsMatroska(file) ? AudioContainers.Matroska
        : file.StartsWith("fLaC"u8) ? AudioContainers.Flac
        : file.StartsWith("FORM"u8) && (file[8..].StartsWith("AIFF"u8) || file[8..].StartsWith("AIFC"u8)) ? AudioContainers.Aiff
        : file.StartsWith("caff\0\u0001"u8) ? AudioContainers.Caf
        : file.StartsWith("#!AMR-WB\n"u8) ? AudioContainers.AmrWb
        : file.StartsWith("#!AMR\n"u8) ? AudioContainers.Amr
        : file.StartsWith(".snd"u8) ? AudioContainers.Au
        : file.StartsWith("wvpk"u8) ? AudioContainers.WavPack
        : file.StartsWith(AsfGuid) ? AudioContainers.Asf
        : file.StartsWith(Wave64Guid) ? AudioContainers.Wave64
        : file.StartsWith("FLV\u0001"u8) ? AudioContainers.Flv
        : Mp4Box.IsFirst(file) ? AudioContainers.Mp4
        : null;

    private static bool IsWav(ReadOnlySpan<byte> file) =>
        file[8..].StartsWith("WAVE"u8)
        && (file.StartsWith("RIFF"u8) || file.StartsWith("RF64"u8) || file.StartsWith("BW64"u8) || file.StartsWith("RIFX"u8));

    // The document type stands within the first dozens of bytes: RFC 8794, section 11.2.
    private static bool IsMatroska(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, 80)];
        return head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && (head.IndexOf("webm"u8) >= 0 || head.IndexOf("matroska"u8) >= 0);
    }
}
