using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class MessageCopyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
    private static readonly StageFailure Failure = new(Stage.Transcribe, FailureKind.Transient, ErrorCode.StageTimeout, "too\nslow" + new string('!', 2000));

    [Fact]
    public void Of_Original_KeepsWhatBelongsToTheJobAndNothingElse()
    {
        var original = new BasicProperties
        {
            ContentType = "audio/ogg",
            ContentEncoding = "identity",
            CorrelationId = "c",
            ReplyTo = "r",
            Priority = 4,
            Type = "t",
            AppId = "a",
            UserId = "u",
            ClusterId = "k",
            Timestamp = new(1_700_000_000),
            Expiration = "5000",
            DeliveryMode = DeliveryModes.Transient,
            Headers = new Dictionary<string, object?> { ["target_lang"] = "es", ["tracestate"] = "s", ["BCC"] = "x", ["x-death"] = "y", ["x-delivery-count"] = 3 },
        };

        var copy = MessageCopy.Of(original, Job(), 2, Now, Failure);

        Assert.Equal(("audio/ogg", "identity", "c", "r", (byte)4, "t", "a"), (copy.ContentType, copy.ContentEncoding, copy.CorrelationId, copy.ReplyTo, copy.Priority, copy.Type, copy.AppId));
        Assert.Equal((1_700_000_000, "job", true), (copy.Timestamp.UnixTime, copy.MessageId, copy.Persistent));
        Assert.False(copy.IsExpirationPresent() || copy.IsUserIdPresent() || copy.IsClusterIdPresent());
        Assert.Equal(
            [
                "deadline", "target_lang", "tracestate", AmqpNames.AttemptHeader, AmqpNames.ErrorHeader, AmqpNames.ErrorCodeHeader, AmqpNames.ErrorStageHeader, AmqpNames.FailedAtHeader, AmqpNames.FirstSeenHeader,
            ],
            copy.Headers!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1_900_000_000_000L, copy.Headers!["deadline"]);
        Assert.Equal(2, copy.Headers[AmqpNames.AttemptHeader]);
    }

    [Fact]
    public void Of_Failure_IsShortAndOfOneLine()
    {
        var headers = MessageCopy.Of(new BasicProperties(), Job(), 1, Now, Failure).Headers!;
        var error = Assert.IsType<string>(headers[AmqpNames.ErrorHeader]);
        Assert.StartsWith("tooslow!", error);
        Assert.Equal(1000, error.Length);
        Assert.Equal(("stage_timeout", "transcribe"), (headers[AmqpNames.ErrorCodeHeader], headers[AmqpNames.ErrorStageHeader]));
    }

    [Fact]
    public void Of_CopyOfACopy_RemembersWhenTheJobWasSeenFirst()
    {
        var first = MessageCopy.Of(new BasicProperties(), Job(), 2, Now, Failure);
        var second = MessageCopy.Of(first, Job(), 3, Now.AddMinutes(5), Failure);
        Assert.Equal(Now.ToUnixTimeMilliseconds(), second.Headers![AmqpNames.FirstSeenHeader]);
    }

    [Fact]
    public void Of_ReplayedJob_StaysMarked()
    {
        var replayed = new BasicProperties { Headers = new Dictionary<string, object?> { [AmqpNames.ReplayedHeader] = 123L } };
        Assert.Equal("123", MessageCopy.Of(replayed, Job(), 2, Now, Failure).Headers![AmqpNames.ReplayedHeader]);
    }

    private static VoiceJob Job() => new() { MessageId = "job", Input = new TextInput("hi"), Deadline = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000) };
}
