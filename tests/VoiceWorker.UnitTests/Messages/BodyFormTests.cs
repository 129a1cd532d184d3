using System.IO.Compression;
using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Messages;

/// <summary>What a body is, whatever its properties call it: compressed or not, JSON or audio, in this or that character set.</summary>
public sealed class BodyFormTests
{
    private const string Json = """{"text":"mañana","target_lang":"es"}""";
    private const int Limit = 256 * 1024;

    private static readonly JobReader Reader = new(new JobLimits { MaxBodyBytes = Limit });
    private static readonly byte[] Audio = [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0];
    private static readonly Dictionary<string, object?> Fields = new() { ["target_lang"] = "es"u8.ToArray() };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("binary")]
    [InlineData("8bit")]
    [InlineData("7BIT")]
    [InlineData("utf-8")]
    [InlineData("UTF-8")]
    [InlineData("utf8")]
    [InlineData("us-ascii")]
    [InlineData("none")]
    public void Read_EncodingThatIsNone_LeavesTheBodyAsItIs(string? encoding)
    {
        Assert.Equal(new TextInput("mañana"), Read(Encoding.UTF8.GetBytes(Json), "application/json", encoding));
        Assert.Equal(new AudioInput(Audio, false, "audio/wav"), Read(Audio, "audio/wav", encoding));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "deflate")]
    public void Read_CompressedBody_IsDecompressed(string encoding, string form)
    {
        Assert.Equal(new TextInput("mañana"), Read(Compress(Encoding.UTF8.GetBytes(Json), form), "application/json", encoding));
        Assert.Equal(Audio, Assert.IsType<AudioInput>(Read(Compress(Audio, form), "audio/wav", encoding)).Data.ToArray());
    }

    [Fact]
    public void Read_KombusCompression_IsUndone()
    {
        var properties = new JobProperties { ContentType = "application/json", ContentEncoding = "utf-8", Headers = new Dictionary<string, object?> { ["compression"] = "application/x-gzip"u8.ToArray() } };
        var body = Compress(Encoding.UTF8.GetBytes(Json), "zlib");
        Assert.Equal(new TextInput("mañana"), Reader.Read(body, properties).Input);
        Assert.InRange(Reader.RoomFor(body, properties), Json.Length, Limit);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "deflate")]
    public void Read_SmallBodyThatIsHuge_IsRefusedWithinTheLimits(string encoding, string form)
    {
        var bomb = Compress(new byte[64 * 1024 * 1024], form);
        Assert.InRange(bomb.Length, 1, Limit);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.IsType<InvalidInput>(Read(bomb, "audio/wav", encoding)).Failure;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6 * Limit);
        Assert.Equal(ErrorCode.InputTooLarge, failure.Code);
        Assert.Contains($"more than {Limit} bytes when decompressed", failure.Message);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "zlib")]
    [InlineData("deflate", "deflate")]
    public void Read_CompressedBodyCutShort_IsRefusedAtAnyLength(string encoding, string form)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(Json), form);
        for (var length = 0; length < whole.Length; length++)
            Assert.Contains($"the body is not {encoding}, as its properties say, or it is damaged", Refusal(whole[..length], "application/json", encoding));
    }

    [Fact]
    public void Read_BodyThatIsNotCompressed_IsRefusedInWords() =>
        Assert.Contains("the body is not gzip, as its properties say", Refusal(Encoding.UTF8.GetBytes(Json), "application/json", "gzip"));

    [Theory]
    [InlineData("br")]
    [InlineData("base64")]
    [InlineData("no-such-thing")]
    public void Read_OtherEncoding_SaysWhatIsAccepted(string encoding) =>
        Assert.Contains($"content_encoding '{encoding}' is not accepted; send nothing, identity, gzip or deflate", Refusal(Audio, "audio/wav", encoding));

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("text/json")]
    [InlineData("text/plain")]
    [InlineData("text/plain; charset=UTF-8")]
    [InlineData("application/vnd.chat.message+json")]
    [InlineData("application/octet-stream")]
    [InlineData("application/data")]
    [InlineData(null)]
    [InlineData("")]
    public void Read_JsonUnderAnyName_IsRead(string? type)
    {
        foreach (var beginning in new[] { "", "\uFEFF", " \r\n\t", "\uFEFF\n" })
            Assert.Equal(new TextInput("mañana"), Read(Encoding.UTF8.GetBytes(beginning + Json), type, null));
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/data")]
    [InlineData("text/plain")]
    [InlineData("video/webm")]
    [InlineData("application/ogg")]
    [InlineData(null)]
    public void Read_AudioUnderAnyName_IsRead(string? type) => Assert.Equal(new AudioInput(Audio, false, type), Read(Audio, type, null));

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Read_TextThatIsNoJson_SaysWhatIsWrong(string? type) => Assert.Contains("the body is not valid JSON", Refusal("hello"u8.ToArray(), type, null));

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/x-python-serialize")]
    public void Read_OtherType_SaysWhatIsAccepted(string type) =>
        Assert.Contains($"content_type '{type}' is not accepted; send application/json, audio/* or application/octet-stream", Refusal(Audio, type, null));

    [Theory]
    [InlineData("application/json; charset=utf-16", "utf-16", null)]
    [InlineData("application/json", "utf-16", null)]
    [InlineData(null, "utf-16", null)]
    [InlineData("text/plain", "utf-16BE", null)]
    [InlineData("application/json; charset=\"ISO-8859-1\"", "iso-8859-1", null)]
    [InlineData("application/json", "iso-8859-1", "latin1")]
    public void Read_OtherCharacterSet_IsConverted(string? type, string charset, string? encoding)
    {
        Assert.Equal(new TextInput("mañana"), Read(Encoding.GetEncoding(charset).GetBytes(Json), type, encoding));
        if (charset.StartsWith("utf-16", StringComparison.Ordinal))
            Assert.Equal(new TextInput("mañana"), Read(Encoding.GetEncoding(charset).GetBytes("\uFEFF" + Json), type, encoding));
    }

    [Fact]
    public void Read_UnknownCharacterSet_IsRefused() =>
        Assert.Contains("the character set 'klingon' is not known; send UTF-8", Refusal(Encoding.UTF8.GetBytes(Json), "application/json; charset=klingon", null));

    [Fact]
    public void RoomFor_CopiesOfTheBody_IsNeverLess()
    {
        Assert.Equal(0, Reader.RoomFor(Audio, new() { ContentType = "audio/wav" }));
        Assert.Equal(Limit, Reader.RoomFor(new byte[1000], new() { ContentType = "audio/wav", ContentEncoding = "gzip" }));
        Assert.Equal(0, Reader.RoomFor(new byte[Limit + 1], new() { ContentEncoding = "gzip" }));
        var wide = Encoding.Unicode.GetBytes(Json);
        Assert.InRange(Reader.RoomFor(wide, new() { ContentType = "application/json; charset=utf-16" }), Json.Length, 4 * wide.Length);
    }

    private static JobInput Read(byte[] body, string? type, string? encoding) =>
        Reader.Read(body, new JobProperties { ContentType = type, ContentEncoding = encoding, Headers = Fields }).Input;

    private static string Refusal(byte[] body, string? type, string? encoding) => Assert.IsType<InvalidInput>(Read(body, type, encoding)).Failure.Message;

    private static byte[] Compress(byte[] bytes, string form)
    {
        using var output = new MemoryStream();
        using (Stream stream = form switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true),
            "zlib" => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true),
            _ => new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true),
        })
            stream.Write(bytes);
        return output.ToArray();
    }
}
