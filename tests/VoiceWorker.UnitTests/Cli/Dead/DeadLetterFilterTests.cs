using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.UnitTests.Cli.Dead;

public sealed class DeadLetterFilterTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    // Failed an hour before.
    private static readonly DeadLetter Letter = TestLetters.Read(
        """{"sender_id":"alice"}""",
        (AmqpNames.ErrorCodeHeader, "engine_unavailable"), (AmqpNames.ErrorStageHeader, "translate"), (AmqpNames.FailedAtHeader, Now.AddHours(-1).ToUnixTimeMilliseconds()));

    [Theory]
    [InlineData]
    [InlineData("code=engine_unavailable")]
    [InlineData("code=engine_*", "stage=trans?ate", "sender=alice", "id=one")]
    [InlineData("stage=decode", "stage=translate")]
    [InlineData("older=60m", "younger=2h")]
    [InlineData("older=3600s")]
    public void Matches_EveryKeyHolds_IsMeant(params string[] expressions)
    {
        Assert.All(expressions, expression => Assert.Null(DeadLetterFilter.Complaint(expression)));
        Assert.True(new DeadLetterFilter(expressions, Now).Matches(Letter));
    }

    [Theory]
    [InlineData("code=engine")]
    [InlineData("code=ENGINE_unavailable")]
    [InlineData("code=engine_unavailable", "stage=decode")]
    [InlineData("sender=bob")]
    [InlineData("older=1d")]
    [InlineData("younger=1h")]
    public void Matches_OneKeyDoesNot_IsNotMeant(params string[] expressions) => Assert.False(new DeadLetterFilter(expressions, Now).Matches(Letter));

    [Theory]
    [InlineData("older=1h")]
    [InlineData("younger=1h")]
    public void Matches_AgeOfALetterWithoutATime_IsNotMeant(string expression) => Assert.False(new DeadLetterFilter([expression], Now).Matches(TestLetters.Read("{}")));

    [Theory]
    [InlineData("older=99999999999999d")]
    [InlineData("older=1000001d")]
    [InlineData("older=-1d")]
    [InlineData("older=h")]
    [InlineData("older=5")]
    [InlineData("code=")]
    [InlineData("=x")]
    public void Complaint_NoExpression_SaysWhatWouldBeOne(string expression) => Assert.NotNull(DeadLetterFilter.Complaint(expression));
}
