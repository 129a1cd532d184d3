using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Bodies;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Messages;

/// <summary>Raw audio bodies and what stands beside a body: properties and headers.</summary>
public sealed class RawJobTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, 500, TimeSpan.Zero);
    private static readonly JobReader Reader = new(new JobLimits(), new FakeTimeProvider(Now));
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
    [InlineData("target_lang", 1.5, "'target_lang' must be a language such as 'es', 'pt-BR' or 'spa' (BCP 47), not '1.5'")]
    [InlineData("voice", new[] { 1 }, "'voice' must be a string, not a header of another type")]
    [InlineData("progress", "maybe", "'progress' must be true or false, not 'maybe'")]
    [InlineData("deadline", "soon", "'deadline' must be a moment, in milliseconds since 1970-01-01 UTC")]
    [InlineData("deadline", -5L, "'deadline' must be a moment, in milliseconds since 1970-01-01 UTC or as in 2026-01-31T12:00:00Z, not '-5'")]
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

    public static TheoryData<object> Deadlines => [1_800_000_000_123L, 1_800_000_000_123.0, 1_800_000_000_123m, "1800000000123"u8.ToArray(), "2027-01-15T08:00:00.123Z", DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123)];

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void Read_DeadlineHeader_IsAbsolute(object deadline) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), Read(new(), ("target_lang", "es"), ("deadline", deadline)).Deadline);

    [Theory]
    [InlineData(1, "900", 1.9)]
    [InlineData(0.001, "900", 0.901)]
    public void Read_ExpirationAndTimestamp_CountFromTheEndOfTheTimestampsUnit(double unit, string expiration, double seconds)
    {
        var sent = Now.AddSeconds(-0.5);
        var properties = new JobProperties { Timestamp = sent, TimestampUnit = TimeSpan.FromSeconds(unit), Expiration = expiration };
        Assert.Equal(sent.AddSeconds(seconds), Read(properties).Deadline);
        Assert.Null(Read(properties with { Timestamp = null }).Deadline);
    }

    [Theory]
    [InlineData(-3 * 86_400)]
    [InlineData(3 * 86_400)]
    public void Read_TimestampOfAWrongClock_IsIgnored(int seconds) =>
        Assert.Null(Read(new() { Timestamp = Now.AddSeconds(seconds), TimestampUnit = TimeSpan.FromSeconds(1), Expiration = "60000" }).Deadline);

    [Fact]
    public void Read_CorrelationIdThatWasNoText_IsRefusedInWords()
    {
        var job = Read(new() { CorrelationId = "a\ufffd\ufffd" }, ("target_lang", "es"));
        Assert.Contains("correlation_id is not valid UTF-8 and could not be sent back; send a text", Assert.IsType<InvalidInput>(job.Input).Failure.Message);
    }

    [Fact]
    public void Read_IdOfManyBytes_StaysTheSameAndFits()
    {
        var id = new string('я', 128);
        var job = Read(new() { MessageId = id }, ("target_lang", "es"), ("sender_id", id), ("voice", id), ("model", id));
        Assert.All([job.MessageId, job.SenderId, job.Voice, job.Model], value => Assert.Equal(ShortString.Fit(id), value));
        Assert.Equal(new string('x', 255), Read(new() { MessageId = new string('x', 255) }).MessageId);
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
        var first = Read(new() { MessageId = new string('x', 300) + "1" }).MessageId;
        var second = Read(new() { MessageId = new string('x', 300) + "2" }).MessageId;
        Assert.Equal(ShortString.MaxBytes, first.Length);
        Assert.NotEqual(first, second);
    }

    private static VoiceJob Read(JobProperties properties, params (string Name, object? Value)[] headers) =>
        Reader.Read(Audio, properties with { Headers = headers.GroupBy(h => h.Name).ToDictionary(h => h.Key, h => h.Last().Value) });
}
