using System.Text;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Contract.Reading;

/// <summary>Reads a job's body: undoes its compression, tells JSON from audio, and converts JSON to UTF-8.</summary>
/// <param name="limits">Sizes above which a message is refused.</param>
internal sealed class JobBodyReader(JobLimits limits)
{
    /// <summary>Reads a body; the audio in the fields is a part of it, or of a copy.</summary>
    public void Read(ReadOnlyMemory<byte> body, in JobProperties properties, ref JobFields fields)
    {
        if (body.Length > limits.MaxBodyBytes)
            fields.Fail(ErrorCode.InputTooLarge, $"{ErrorMessages.InvalidFormat}the message has {body.Length} bytes, at most {limits.MaxBodyBytes} are accepted");
        else if (!ContentEncoding.TryParse(properties, out var compression, out var charset))
            fields.FailFormat($"content_encoding {JobFields.Quote(properties.ContentEncoding)} is not accepted; send {ContentEncoding.Accepted}");
        else if (Decompress(body, compression, ref fields) is { } plain)
            ReadPlain(plain, properties, charset, ref fields);
    }

    /// <summary>The most bytes of a decompressed or converted copy.</summary>
    public int RoomFor(ReadOnlySpan<byte> body, in JobProperties properties)
    {
        if (body.Length > limits.MaxBodyBytes || !ContentEncoding.TryParse(properties, out var compression, out var charset))
            return 0;
        if (compression != Compression.None)
            return (int)Math.Min(limits.MaxBodyBytes, (long)body.Length * Decompressor.HighestRatio);
        // No character takes more than three bytes in UTF-8 where it took one before.
        var isConverted = BodyKinds.Of(properties.ContentType, body) == BodyKind.Json && JsonCharset.TryFind(body, Charset(properties, charset), out var other) && other is not null;
        return isConverted ? (int)Math.Min(int.MaxValue / 2, 3L * body.Length) : 0;
    }

    private ReadOnlyMemory<byte>? Decompress(ReadOnlyMemory<byte> body, Compression compression, ref JobFields fields)
    {
        if (compression == Compression.None)
            return body;
        try
        {
            var plain = Decompressor.Undo(body, compression, limits.MaxBodyBytes);
            if (plain is null)
                fields.Fail(ErrorCode.InputTooLarge, $"{ErrorMessages.InvalidFormat}the message has more than {limits.MaxBodyBytes} bytes when decompressed, which is the most that is accepted");
            return plain;
        }
        catch (InvalidDataException)
        {
            fields.FailFormat($"the body is not {(compression == Compression.Gzip ? "gzip" : "deflate")}, as its properties say, or it is damaged");
            return null;
        }
    }

    private void ReadPlain(ReadOnlyMemory<byte> body, in JobProperties properties, string? charset, ref JobFields fields)
    {
        switch (BodyKinds.Of(properties.ContentType, body.Span))
        {
            case BodyKind.Json:
                ReadJson(body, Charset(properties, charset), ref fields);
                break;
            case BodyKind.RawAudio:
                HeaderJobParser.Parse(body, properties, limits, ref fields);
                break;
            default:
                fields.FailFormat($"content_type {JobFields.Quote(properties.ContentType)} is not accepted; send {BodyKinds.Accepted}");
                break;
        }
    }

    private void ReadJson(ReadOnlyMemory<byte> body, string? charset, ref JobFields fields)
    {
        if (!JsonCharset.TryFind(body.Span, charset, out var encoding))
            fields.FailFormat($"the character set {JobFields.Quote(charset)} is not known; send UTF-8");
        else
            JsonJobParser.Parse(encoding is null ? body : Encoding.Convert(encoding, Encoding.UTF8, body.ToArray()), limits, ref fields);
    }

    private static string? Charset(in JobProperties properties, string? encoding) => ContentType.Parameter(properties.ContentType, "charset") ?? encoding;
}
