using System.Text;
using RabbitMQ.Client;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.UnitTests.RabbitMq;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>The schema of a cancellation accepts what the worker understands.</summary>
public sealed class AsyncApiCancelTests
{
    private static readonly string[] Bodies =
    [
        .. SampleBodies.Of(typeof(ControlMessageTests)),
        """{"type":"cancel","message_id":"1","sender_id":7}""",
        """{"type":"cancel","message_id":7}""",
        """{"type":"cancel","message_id":"1"}""",
        """{"type":"cancel","message_id":"1","sender_id":null,"more":1}""",
        """{"type":"cancel","message_id":"1","sender_id":"alice","reply_to":"a"}""",
        """{"type":7,"message_id":"1"}""",
        """{"message_id":"1"}""",
    ];

    [Fact]
    public void Cancel_AnyBody_IsAcceptedAsByTheWorker()
    {
        var schema = AsyncApiDocument.Schema("Cancel");
        Assert.All(Bodies, body => Assert.Equal(IsUnderstood(body), AsyncApiDocument.AcceptsText(schema, body)));
    }

    private static bool IsUnderstood(string body) => ControlMessage.TryRead(Encoding.UTF8.GetBytes(body), new BasicProperties()) is not null;
}
