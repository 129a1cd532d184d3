using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace VoiceWorker.Audio.Opus;

/// <summary>The few functions of libopus that the encoder needs (opus.h, opus_defines.h).</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibOpus
{
    /// <summary><c>OPUS_APPLICATION_AUDIO</c>: without the filters that a microphone's sound needs and a synthesizer's does not.</summary>
    public const int Audio = 2049;

    /// <summary><c>OPUS_SET_BITRATE</c>, in bit/s.</summary>
    public const int SetBitrate = 4002;

    /// <summary><c>OPUS_SET_COMPLEXITY</c>, 0 to 10.</summary>
    public const int SetComplexity = 4010;

    /// <summary><c>OPUS_SET_SIGNAL</c>; <see cref="Voice"/> is the only value used here.</summary>
    public const int SetSignal = 4024;

    /// <summary><c>OPUS_SIGNAL_VOICE</c>.</summary>
    public const int Voice = 3001;

    /// <summary><c>OPUS_GET_LOOKAHEAD</c>, in samples of the encoder's rate.</summary>
    public const int GetLookahead = 4027;

    private const string Library = "libopus.so.0";

    /// <summary>Whether the library is installed; ffmpeg's own Opus support brings it along.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint CreateEncoder(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Library, EntryPoint = "opus_encode_float")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Encode(OpusEncoderHandle encoder, ReadOnlySpan<float> pcm, int frameSize, Span<byte> packet, int maxPacketBytes);

    // Variadic in C. On Linux an integer or a pointer travels the same way as in a fixed list (System V ABI, AAPCS64).
    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Set(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Get(OpusEncoderHandle encoder, int request, out int value);
}
