using System.Buffers;
using System.Buffers.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio;

/// <summary>Undoes base64 (RFC 4648, section 4) into pooled memory. White space between characters is skipped.</summary>
internal static class Base64Audio
{
    /// <summary>Decodes a whole text.</summary>
    /// <param name="text">ASCII.</param>
    /// <returns>The bytes, to be disposed by the caller.</returns>
    /// <exception cref="EngineException">Wrong alphabet, padding or length.</exception>
    public static PooledBuffer Decode(ReadOnlySpan<byte> text)
    {
        var length = Base64.GetMaxDecodedFromUtf8Length(text.Length);
        var bytes = new PooledBuffer(length);
        var status = Base64.DecodeFromUtf8(text, bytes.GetSpan(length), out var consumed, out var written);
        if (status == OperationStatus.Done)
        {
            bytes.Advance(written);
            return bytes;
        }

        bytes.Dispose();
        throw EngineException.BadJob(
            ErrorCode.InvalidMessage,
            $"audio_data is not base64: wrong at or behind character {consumed} of {text.Length}; expected is the standard alphabet (A-Z a-z 0-9 + /) padded with = to a multiple of 4.");
    }
}
