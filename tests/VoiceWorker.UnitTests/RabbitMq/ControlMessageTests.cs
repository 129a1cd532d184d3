using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Jobs;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class ControlMessageTests
{
    [Fact]
    public void TryRead_Cancel_HasTheSender() =>
        Assert.Equal(new Cancellation("1", "alice"), Read("""{"type":"cancel","message_id":"1","sender_id":"alice"}"""));

    [Fact]
    public void TryRead_PropertyReplyTo_IsTheReplyAddress() =>
        Assert.Equal(new Cancellation("1", null, "amq.gen-1"), Read("""{"type":"cancel","message_id":"1"}""", "amq.gen-1"));

    [Fact]
    public void TryRead_FieldReplyTo_GoesBeforeTheProperty() =>
        Assert.Equal(new Cancellation("1", null, "a"), Read("""{"type":"cancel","message_id":"1","reply_to":"a"}""", "b"));

    [Fact]
    public void TryRead_NumbersAsIds_AreTheirDigitsAsInJobs() =>
        Assert.Equal(new Cancellation("7", "12"), Read("""{"type":"cancel","message_id":7,"sender_id":12}"""));

    [Fact]
    public void TryRead_ByteOrderMark_IsSkipped() =>
        Assert.Equal(new Cancellation("1", null), Read("\ufeff{\"type\":\"cancel\",\"message_id\":\"1\"}"));

    [Fact]
    public void TryRead_LongId_IsShortenedAsTheJobsIs()
    {
        var id = new string('x', 300);
        Assert.Equal(MessageIds.Clean(id), Read($$"""{"type":"cancel","message_id":"{{id}}"}""")?.MessageId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"type":"cancel"}""")]
    [InlineData("""{"type":"cancel","message_id":""}""")]
    [InlineData("""{"type":"pause","message_id":"1"}""")]
    public void TryRead_AnythingElse_IsNone(string body) => Assert.Null(Read(body));

    private static Cancellation? Read(string body, string? replyTo = null) => ControlMessage.TryRead(Encoding.UTF8.GetBytes(body), new BasicProperties { ReplyTo = replyTo });
}
