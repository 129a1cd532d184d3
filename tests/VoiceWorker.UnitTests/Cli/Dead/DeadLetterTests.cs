using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.UnitTests.Cli.Dead;

public sealed class DeadLetterTests
{
    [Fact]
    public void Read_MovedByTheBroker_HasItsReasonAndTheDeadlineItTookOff()
    {
        var letter = TestLetters.Read("{}", TestLetters.Death("jobs", "delivery_limit"), (AmqpNames.ErrorCodeHeader, "stage_timeout"));
        Assert.Equal(("delivery_limit", "broker", 1_800_000_100L), (letter.Code, letter.Stage, letter.FailedAt?.ToUnixTimeSeconds()));
        // Its timestamp is in whole seconds: it may have been sent at the end of one.
        Assert.Equal(1_800_000_061, letter.Deadline?.ToUnixTimeSeconds());
    }

    [Fact]
    public void Read_RetriedAndThenDeadLetteredByAWorker_HasTheWorkersReason()
    {
        var letter = TestLetters.Read("{}", TestLetters.Death("jobs.retry.10s", "expired"), (AmqpNames.ErrorCodeHeader, "stage_timeout"), (AmqpNames.ErrorStageHeader, "decode"), (AmqpNames.ErrorHeader, "slow"));
        Assert.Equal(("stage_timeout", "decode", "slow"), (letter.Code, letter.Stage, letter.Reason));
    }

    [Fact]
    public void Read_MessageFromElsewhere_IsUnknown()
    {
        var letter = TestLetters.Read("not a job at all");
        Assert.Equal(("unknown", "unknown", "not known", null), (letter.Code, letter.Stage, letter.Reason, letter.FailedAt));
    }

    [Fact]
    public void AsLetter_MovedByTheBroker_KeepsItsStoryWithoutTheBrokersNotes()
    {
        var first = TestLetters.Read("{}", TestLetters.Death("jobs", "delivery_limit"), ("mine", "kept"));
        var copy = DeadLetterCopy.AsLetter(first);
        Assert.DoesNotContain("x-death", copy.Headers!.Keys);
        var second = TestLetters.Read("{}", [.. copy.Headers!.Select(header => (header.Key, header.Value))]);
        Assert.Equal((first.Code, first.Stage, first.Reason, first.FailedAt, first.Deadline), (second.Code, second.Stage, second.Reason, second.FailedAt, second.Deadline));
        Assert.Contains("mine", copy.Headers.Keys);
    }
}
