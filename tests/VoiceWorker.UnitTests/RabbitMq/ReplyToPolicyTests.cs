using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class ReplyToPolicyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chat.replies.7")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AAFyZXBseUA")]
    public void Refusal_UsualAddress_IsNone(string? address) => Assert.Null(new ReplyToPolicy(new()).Refusal(address));

    [Theory]
    [InlineData("voice.jobs")]
    [InlineData("voice.dead")]
    [InlineData("voice.control")]
    [InlineData("voice.jobs.retry.10s")]
    [InlineData("voice.jobs.retry.77s")]
    [InlineData("amq.gen-JzTY20BRgKO")]
    [InlineData("amq.rabbitmq.log")]
    public void Refusal_OwnOrReservedName_IsGiven(string address) => Assert.NotNull(new ReplyToPolicy(new()).Refusal(address));

    [Theory]
    [InlineData("chat.1", true)]
    [InlineData("chat.", true)]
    [InlineData("Chat.1", false)]
    [InlineData("other", false)]
    [InlineData("amq.gen-x", true)]
    [InlineData("amq.topic", false)]
    [InlineData("voice.jobs", false)]
    public void Refusal_PatternsAreGiven_OnlyTheyPass(string address, bool passes)
    {
        var policy = new ReplyToPolicy(new() { ReplyTo = ["chat.*", "amq.gen-*", "voice.*"] });
        Assert.Equal(passes, policy.Refusal(address) is null);
    }

    [Fact]
    public void Refusal_OverlongName_IsGiven() => Assert.NotNull(new ReplyToPolicy(new()).Refusal(new string('é', 128)));
}
