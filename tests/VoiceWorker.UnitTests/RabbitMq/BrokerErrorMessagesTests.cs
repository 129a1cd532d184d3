using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.UnitTests.RabbitMq;

/// <summary>The broker's texts, as RabbitMQ 3.10.8 and 4.3.6 write them, in plain words.</summary>
public sealed class BrokerErrorMessagesTests
{
    private static readonly QueuePart Jobs = (QueuePart)Topology.Of(new()).Single(part => part.Name == "voice.jobs");

    [Theory]
    [InlineData("x-queue-type", "received the value 'quorum' of type 'longstr' but current is none", "The queue voice.jobs is a classic queue; the worker needs a quorum queue.")]
    [InlineData("x-queue-type", "received 'quorum' but current is 'classic'", "The queue voice.jobs is a classic queue; the worker needs a quorum queue.")]
    [InlineData("x-queue-type", "received 'quorum' but current is 'stream'", "The queue voice.jobs is a stream queue; the worker needs a quorum queue.")]
    [InlineData("x-delivery-limit", "received '20' but current is '5'", "The queue voice.jobs has x-delivery-limit=5; the worker wants 20. Set RabbitMq:DeliveryLimit=5.")]
    [InlineData("x-message-ttl", "received none but current is the value '1000' of type 'signedint'", "The queue voice.jobs has x-message-ttl=1000; the worker wants nothing.")]
    [InlineData("durable", "received 'true' but current is 'false'", "The queue voice.jobs is not durable; the worker needs one that is.")]
    public void Differs_Queue_SaysWhatIsThereWhatIsWantedAndTheRemedy(string property, string values, string expected)
    {
        var words = BrokerErrorMessages.Differs(Jobs, Reason(Constants.PreconditionFailed, $"PRECONDITION_FAILED - inequivalent arg '{property}' for queue 'voice.jobs' in vhost '/': {values}"));

        Assert.StartsWith(expected, words, StringComparison.Ordinal);
        Assert.Contains("delete it (rabbitmqctl delete_queue voice.jobs)", words, StringComparison.Ordinal);
        Assert.EndsWith("or set RabbitMq:DeclareTopology=false to use what is there as it is.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("PRECONDITION", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Differs_Exchange_NamesBothTypes() => Assert.StartsWith(
        "The exchange voice.results is of the type direct; the worker needs the type topic.",
        BrokerErrorMessages.Differs(new ExchangePart("voice.results", "topic"), Reason(Constants.PreconditionFailed, "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'voice.results' in vhost '/': received 'topic' but current is 'direct'")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ACCESS_REFUSED - access to queue 'voice.jobs' in vhost '/' refused for user 'u'", 60, 20, "The user 'u' may not read from the queue 'voice.jobs'; give it that right: rabbitmqctl set_permissions")]
    [InlineData("ACCESS_REFUSED - read access to queue 'voice.jobs' in vhost '/' refused for user 'u'", 60, 20, "The user 'u' may not read from the queue 'voice.jobs'; give it that right: rabbitmqctl set_permissions")]
    [InlineData("ACCESS_REFUSED - access to exchange 'amq.default' in vhost '/' refused for user 'u'", 60, 40, "The user 'u' may not write to the exchange 'amq.default'; give it that right: rabbitmqctl set_permissions")]
    [InlineData("ACCESS_REFUSED - configure access to queue 'amq.gen-x' in vhost '/' refused for user 'u'", 50, 10, "The user 'u' may not declare (configure) the queue 'amq.gen-x'; give it that right: rabbitmqctl set_permissions")]
    public void Of_MissingRight_NamesUserRightAndRemedy(string text, ushort classId, ushort methodId, string expected) =>
        Assert.StartsWith(expected, BrokerErrorMessages.Of(Reason(Constants.AccessRefused, text, classId, methodId)), StringComparison.Ordinal);

    [Fact]
    public void Of_SomethingMissing_SaysWhat() =>
        Assert.Equal("There is no exchange 'voice.control' on the broker.", BrokerErrorMessages.Of(Reason(Constants.NotFound, "NOT_FOUND - no exchange 'voice.control' in vhost '/'")));

    [Fact]
    public void Of_AnythingElse_LeavesTheCodeOut() =>
        Assert.Equal("delivery acknowledgement on channel 1 timed out", BrokerErrorMessages.Of(Reason(Constants.PreconditionFailed, "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out")));

    [Theory]
    [InlineData("3.10.8", true)]
    [InlineData("3.12.14", true)]
    [InlineData("3.13.0-rc.2", false)]
    [InlineData("4.3.6", false)]
    [InlineData("", false)]
    public void DefectOf_Version_IsKnown(string version, bool has) => Assert.Equal(has, BrokerVersion.DefectOf(version) is not null);

    private static ShutdownEventArgs Reason(ushort code, string text, ushort classId = 0, ushort methodId = 0) => new(ShutdownInitiator.Peer, code, text, classId, methodId);
}
