using System.Text;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Bodies;

/// <summary>Base64 audio with or without the beginning that browsers give it, <c>data:audio/webm;codecs=opus;base64,</c> (RFC 2397).</summary>
internal static class DataUrl
{
    private const int MaxPrefix = 128;

    public static AudioInput Read(ReadOnlyMemory<byte> text)
    {
        if (!text.Span.StartsWith("data:"u8))
            return new AudioInput(text, IsBase64: true);
        var prefix = text.Span[..Math.Min(MaxPrefix, text.Length)];
        var end = prefix.IndexOf(";base64,"u8);
        if (end < 0)
            return new AudioInput(text, IsBase64: true);
        return new AudioInput(text[(end + ";base64,".Length)..], IsBase64: true, Encoding.ASCII.GetString(prefix["data:".Length..end]));
    }
}
