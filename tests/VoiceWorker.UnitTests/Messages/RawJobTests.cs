using VoiceWorker.Core.Messages;

namespace VoiceWorker.UnitTests.Messages;

/// <summary>Raw audio bodies and what stands beside a body: properties and headers.</summary>
public sealed class RawJobTests
{
    private static readonly JobReader Reader = new(new JobLimits());
    private static readonly byte[] Audio = [1, 2, 3];

    [Theory]
    [InlineData("audio/ogg")]
    [InlineData("video/webm")]
    [InlineData("application/octet-stream")]
    public void Read_RawAudio_TakesTheFieldsFromHeaders(string type)
    {
        var job = Read(
            new() { ContentType = type },
            ("source_lang", "en"u8.ToArray()), ("target_lang", "es"u8.ToArray()), ("sender_id", 7L), ("progress", true),
            ("include_original_audio", "true"u8.ToArray()), ("audio_format", "none"u8.ToArray()), ("model", "clinic"u8.ToArray()));
        Assert.Equal(new AudioInput(Audio, false, type), job.Input);
        Assert.Equal(("en", "es", "7", "clinic", AudioFormat.None), (job.SourceLanguage, job.TargetLanguage, job.SenderId, job.Model, job.ReplyFormat));
        Assert.True(job.WantsProgress && job.IncludeOriginalAudio);
    }

    [Theory]
    [InlineData("target_lang", 1.5, "header 'target_lang' must be a text")]
    [InlineData("progress", "maybe", "header 'progress' must be true or false")]
    [InlineData("deadline", "soon", "header 'deadline' must be a time in milliseconds")]
    public void Read_HeaderOfTheWrongKind_IsRefused(string name, object value, string reason)
    {
        var job = Read(new() { ContentType = "audio/ogg" }, ("target_lang", "es"), (name, value));
        Assert.Contains(reason, Assert.IsType<InvalidInput>(job.Input).Failure.Message);
    }

    [Fact]
    public void Read_EmptyRawBody_HasNoInput()
    {
        var job = Reader.Read(default, new() { ContentType = "audio/ogg" });
        Assert.Equal(ErrorCode.NoInput, Assert.IsType<InvalidInput>(job.Input).Failure.Code);
    }

    [Fact]
    public void Read_DeadlineHeader_IsAbsolute() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), Read(new(), ("deadline", 1_800_000_000_123)).Deadline);

    [Fact]
    public void Read_ExpirationAndTimestamp_GiveTheDeadline()
    {
        var sent = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(sent.AddSeconds(1.5), Read(new() { Timestamp = sent, Expiration = "1500" }).Deadline);
        Assert.Null(Read(new() { Expiration = "1500" }).Deadline);
    }

    [Fact]
    public void Read_TraceContext_IsTaken()
    {
        var job = Read(new(), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8.ToArray()), ("tracestate", new string('x', 600)));
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", job.TraceParent);
        Assert.Null(job.TraceState);
    }

    [Fact]
    public void Read_PropertyAndFieldGiveAnId_ThePropertyWins()
    {
        var body = """{"text":"a","target_lang":"es","message_id":"body"}"""u8.ToArray();
        Assert.Equal("property", Reader.Read(body, new JobProperties { MessageId = "property" }).MessageId);
        Assert.Equal("body", Reader.Read(body, default).MessageId);
    }

    [Fact]
    public void Read_NoId_MakesTheSameOneForEveryDelivery()
    {
        var properties = new JobProperties { ContentType = "audio/ogg", ReplyTo = "r", CorrelationId = "c" };
        var first = Read(properties, ("target_lang", "es"u8.ToArray()));
        Assert.Equal(first.MessageId, Read(properties, ("target_lang", "es"u8.ToArray()), ("x-delivery-count", 1)).MessageId);
        Assert.NotEqual(first.MessageId, Read(properties, ("target_lang", "fr"u8.ToArray())).MessageId);
        Assert.NotEqual(first.MessageId, Read(properties with { CorrelationId = "d" }, ("target_lang", "es"u8.ToArray())).MessageId);
    }

    [Fact]
    public void Read_HostileId_LosesItsControlsButStaysUnique()
    {
        var id = Read(new() { MessageId = "a\r\n\u001b[31mb\u202e" }).MessageId;
        Assert.StartsWith("a[31mb-", id);
        Assert.NotEqual(id, Read(new() { MessageId = "a\r\n\u001b[31mb" }).MessageId);
    }

    [Fact]
    public void Read_OverlongIds_StayApartAndShort()
    {
        var first = Read(new() { MessageId = new string('x', 200) + "1" }).MessageId;
        var second = Read(new() { MessageId = new string('x', 200) + "2" }).MessageId;
        Assert.Equal(MessageIds.MaxLength, first.Length);
        Assert.NotEqual(first, second);
    }

    private static VoiceJob Read(JobProperties properties, params (string Name, object? Value)[] headers) =>
        Reader.Read(Audio, properties with { Headers = headers.GroupBy(h => h.Name).ToDictionary(h => h.Key, h => h.Last().Value) });
}
