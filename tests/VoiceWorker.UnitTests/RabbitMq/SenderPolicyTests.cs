using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class SenderPolicyTests
{
    private static readonly VoiceJob Job = new() { MessageId = "m", Input = new TextInput("a"), SenderId = "field" };

    [Fact]
    public void Apply_ByDefault_LeavesTheField() => Assert.Equal("field", new SenderPolicy(new()).Apply(Job, Sent("bob")).SenderId);

    [Theory]
    [InlineData("bob", null, "bob")]
    [InlineData(null, null, "")]
    // Only a worker's copy is believed about whose it is.
    [InlineData("bob", "alice", "bob")]
    [InlineData(null, "alice", "")]
    [InlineData("worker", "alice", "alice")]
    [InlineData("worker", null, "worker")]
    public void Apply_UserId_IsWhatTheBrokerHasChecked(string? user, string? kept, string sender) =>
        Assert.Equal(sender, Validated().Apply(Job, Sent(user, kept)).SenderId);

    [Theory]
    [InlineData("bob", true)]
    [InlineData("eve", false)]
    [InlineData(null, false)]
    [InlineData("worker", true)]
    public void Apply_CancellationOfAnothersName_MeansNoJobOfThatName(string? user, bool matches)
    {
        var job = Validated().Apply(Job with { ReplyTo = "replies" }, Sent("bob"));

        Assert.Equal(matches, Validated().Apply(new Cancellation("m", "bob", "replies"), Sent(user)).Matches(job));
    }

    [Fact]
    public void Keep_CopyOfAJob_IsTheSameSenders()
    {
        var copy = new BasicProperties();
        Validated().Keep(copy, Job with { SenderId = "bob" });
        Assert.Equal("worker", copy.UserId);
        Assert.Equal("bob", Validated().Apply(Job, copy).SenderId);
    }

    [Fact]
    public void Keep_ByDefault_AddsNothing()
    {
        var copy = new BasicProperties();
        new SenderPolicy(new()).Keep(copy, Job);
        Assert.False(copy.IsUserIdPresent() || copy.IsHeadersPresent());
    }

    [Theory]
    [InlineData(null, "guest")]
    [InlineData("amqp://w%40rk:secret@host/v", "w@rk")]
    [InlineData("amqp://host/v", "guest")]
    public void UserName_OfTheUri_IsTheOneThatLogsIn(string? uri, string name) => Assert.Equal(name, new RabbitMqOptions { Uri = uri }.UserName);

    private static SenderPolicy Validated() => new(new() { User = "worker", SenderFrom = "user_id" });

    private static BasicProperties Sent(string? user, string? kept = null)
    {
        var properties = new BasicProperties();
        if (user is not null)
            properties.UserId = user;
        if (kept is not null)
            properties.Headers = new Dictionary<string, object?> { ["x-voiceworker-sender"] = kept };
        return properties;
    }
}
