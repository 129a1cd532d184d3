using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class ReplyToPolicyTests
{
    private const string Key = "V/BE0fSg1i3Cp0bpYeJqWw==";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chat.replies.7")]
    [InlineData("voice.jobs-of-mine")]
    [InlineData("amq.gen-JzTY20BRgKO-HjmUJj0wLg")]
    // As RabbitMQ 3.10 to 4.3 give them out.
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA9yZXBseUAxMjE4OTkyMDEAAAliAAAQxGUp3Wg=.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQg==.{Key}")]
    // The same with the shorter form of an atom, which the broker decodes as well.
    [InlineData($"amq.rabbitmq.reply-to.g1h3DnJlcGx5QDY4NzgxMzM0AABwSgAAAABpLx5C.{Key}")]
    public void Refusal_UsualAddress_IsNone(string? address) => Assert.Null(new ReplyToPolicy(new()).Refusal(address));

    [Theory]
    [InlineData("voice.jobs", "one of the worker's own queues; name a queue of your own")]
    [InlineData("voice.dead", "one of the worker's own queues; name a queue of your own")]
    [InlineData("voice.control", "one of the worker's own queues; name a queue of your own")]
    [InlineData("voice.jobs.retry.10s", "one of the worker's own queues; name a queue of your own")]
    [InlineData("voice.jobs.delayed-replies.retry.10s", "one of the worker's own queues; name a queue of your own")]
    [InlineData("amq.rabbitmq.log", "a name that RabbitMQ keeps for itself; name a queue of your own")]
    [InlineData("amq.gen", "a name that RabbitMQ keeps for itself; name a queue of your own")]
    [InlineData("amq.\u001b[31m", "reply_to 'amq.[31m' is a name that RabbitMQ keeps for itself")]
    [InlineData("replies-\ufffd", "not valid UTF-8; name a queue of your own")]
    public void Refusal_OwnOrReservedName_SaysWhatWouldBeRight(string address, string words) => Assert.Contains(words, new ReplyToPolicy(new()).Refusal(address));

    [Theory]
    [InlineData("amq.rabbitmq.reply-to.garbage.key")]
    [InlineData("amq.rabbitmq.reply-to.AAAA.key")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8e.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQkI=.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AARub2RlAABwSgAAAABpLx5C.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AAhyZXBseUAtMQAAcEoAAAAAaS8eQg==.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.hFh2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQg==.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AAtyYWJiaXRAaG9zdAAAcEoAAAAAaS8eQg==.{Key}")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA9yZXBseUA5OTk5OTk5OTkAAHBKAAAAAGkvHkI=.{Key}")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQg==")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQg==.key")]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA5yZXBseUA2ODc4MTMzNAAAcEoAAAAAaS8eQg==.{Key}.more")]
    [InlineData("amq.rabbitmq.reply-to.")]
    [InlineData("amq.rabbitmq.reply-to")]
    public void Refusal_InventedDirectReplyTo_SaysHowToGetAnAddress(string address) =>
        Assert.Contains("is not an address that RabbitMQ has given out; consume from amq.rabbitmq.reply-to", new ReplyToPolicy(new()).Refusal(address));

    [Theory]
    [InlineData("chat.1", true)]
    [InlineData("chat.", true)]
    [InlineData("Chat.1", false)]
    [InlineData("other", false)]
    [InlineData("amq.gen-x", false)]
    [InlineData("amq.topic", false)]
    [InlineData("voice.jobs", false)]
    [InlineData($"amq.rabbitmq.reply-to.g1h2AA9yZXBseUAxMjE4OTkyMDEAAAliAAAQxGUp3Wg=.{Key}", true)]
    [InlineData("amq.rabbitmq.reply-to.of-a-later-broker", false)]
    public void Refusal_PatternsAreGiven_OnlyTheyPass(string address, bool passes)
    {
        var policy = new ReplyToPolicy(new() { ReplyTo = ["chat.*", "voice.*"] });
        Assert.Equal(passes, policy.Refusal(address) is null);
    }

    [Theory]
    [InlineData("amq.gen-x", true)]
    [InlineData("amq.rabbitmq.reply-to.of-a-later-broker", true)]
    [InlineData("amq.topic", false)]
    public void Refusal_PatternNamesReservedOnes_TheyPass(string address, bool passes)
    {
        var policy = new ReplyToPolicy(new() { ReplyTo = ["amq.gen-*", "amq.rabbitmq.reply-to.*"] });
        Assert.Equal(passes, policy.Refusal(address) is null);
    }

    [Fact]
    public void Refusal_OverlongName_IsGiven() => Assert.NotNull(new ReplyToPolicy(new()).Refusal(new string('é', 128)));
}
