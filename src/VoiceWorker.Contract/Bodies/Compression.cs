namespace VoiceWorker.Contract.Bodies;

/// <summary>How the body of a message is compressed.</summary>
internal enum Compression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip, RFC 1952.</summary>
    Gzip,

    /// <summary>zlib, RFC 1950, as HTTP means it; or the bare stream, RFC 1951, as some send it.</summary>
    Deflate,
}
