using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace VoiceWorker.Audio.Opus;

/// <summary>Owns one libopus encoder.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OpusEncoderHandle : SafeHandle
{
    /// <summary>Creates an encoder for one channel of speech.</summary>
    /// <param name="sampleRate">8, 12, 16, 24 or 48 kHz, in Hz.</param>
    /// <param name="bitrate">In bit/s.</param>
    /// <param name="complexity">0 to 10.</param>
    public OpusEncoderHandle(int sampleRate, int bitrate, int complexity)
        : base(0, ownsHandle: true)
    {
        SetHandle(LibOpus.CreateEncoder(sampleRate, 1, LibOpus.Audio, out var error));
        if (error != 0)
            throw new InvalidOperationException($"libopus refuses an encoder for {sampleRate} Hz with error {error}.");

        _ = LibOpus.Set(this, LibOpus.SetBitrate, bitrate);
        _ = LibOpus.Set(this, LibOpus.SetComplexity, complexity);
        _ = LibOpus.Set(this, LibOpus.SetSignal, LibOpus.Voice);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibOpus.DestroyEncoder(handle);
        return true;
    }
}
