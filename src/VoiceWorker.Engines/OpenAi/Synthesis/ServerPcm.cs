namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>Samples without a header, as speech servers send them for <c>pcm</c>.</summary>
internal static class ServerPcm
{
    /// <summary>Reads 16-bit mono samples. What is plainly no PCM would be loud noise: a server may ignore the wanted format, or send a page.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="sampleRate">Samples a second, in Hz.</param>
    /// <exception cref="InvalidDataException">It is a file of another kind, or text.</exception>
    public static PcmAudio Read(ReadOnlyMemory<byte> body, int sampleRate)
    {
        var bytes = body.Span;
        if (bytes.StartsWith("RIFF"u8))
            return ServerWav.Read(body);
        if (bytes.StartsWith("ID3"u8) || bytes.StartsWith("OggS"u8) || bytes.StartsWith("fLaC"u8))
            throw new InvalidDataException("it is a compressed audio file instead of PCM.");
        // Letters alone are no sound: of samples at least one has a byte that is none.
        var beginning = bytes[..Math.Min(bytes.Length, 64)];
        if (beginning.Length > 0 && beginning[0] is (byte)'{' or (byte)'<' or (byte)'[' && !beginning.ContainsAnyExceptInRange((byte)'\t', (byte)'~'))
            throw new InvalidDataException("it is text instead of PCM.");
        return new PcmAudio(body[..(body.Length & ~1)], sampleRate);
    }
}
