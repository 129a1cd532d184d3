using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class LogitRulesTests
{
    private const int Space = 7;
    private static readonly TimestampState AfterText = new(IsFirst: false, LastWasTimestamp: false, PenultimateWasTimestamp: true, Earliest: 0);
    private readonly WhisperTokens _tokens = new(51865);
    private readonly float[] _logits = new float[51865];

    [Fact]
    public void Apply_First_ForbidsBlankAndEndAndLateTimestamps()
    {
        Apply(new(IsFirst: true, LastWasTimestamp: false, PenultimateWasTimestamp: true, Earliest: 0));

        Assert.Equal([false, false, true, false], Allowed(Space, _tokens.EndOfText, _tokens.FirstTimestamp + 50, _tokens.FirstTimestamp + 51));
    }

    [Fact]
    public void Apply_Always_ForbidsSpecialTokens()
    {
        Favour(100, 50);
        Apply(AfterText);

        Assert.All(Enumerable.Range(_tokens.StartOfTranscript, _tokens.FirstTimestamp - _tokens.StartOfTranscript), token => Assert.False(IsAllowed(token)));
        Assert.Equal([true, true, true], Allowed(Space, 100, _tokens.EndOfText));
    }

    [Fact]
    public void Apply_AfterOneTimestamp_ForbidsText()
    {
        Apply(AfterText with { LastWasTimestamp = true, PenultimateWasTimestamp = false });

        Assert.Equal([false, true], Allowed(100, _tokens.FirstTimestamp));
    }

    [Fact]
    public void Apply_AfterAPairOfTimestamps_ForbidsTimestamps()
    {
        Apply(AfterText with { LastWasTimestamp = true, PenultimateWasTimestamp = true });

        Assert.Equal([true, false], Allowed(100, _tokens.FirstTimestamp));
    }

    [Fact]
    public void Apply_Earliest_ForbidsGoingBack()
    {
        Apply(AfterText with { Earliest = 30 });

        Assert.Equal([false, true], Allowed(_tokens.FirstTimestamp + 29, _tokens.FirstTimestamp + 30));
    }

    [Fact]
    public void Apply_TimestampsTogetherLikelierThanAnyText_ForbidsText()
    {
        Favour(100, 7);
        Apply(AfterText);

        Assert.Equal([false, true], Allowed(100, _tokens.FirstTimestamp));
    }

    [Fact]
    public void Apply_OneTextLikelierThanAllTimestamps_AllowsBoth()
    {
        Favour(100, 8);
        Apply(AfterText);

        Assert.Equal([true, true], Allowed(100, _tokens.FirstTimestamp));
    }

    [Fact]
    public void Apply_Normaliser_CountsWhatTheLastRuleTakesAway()
    {
        var normaliser = Apply(AfterText);

        Assert.Equal(Math.Log(_tokens.EndOfText + 1 + 1501), normaliser, 1e-3);
    }

    private float Apply(TimestampState state) => new LogitRules(_tokens, Space).Apply(_logits, state);

    // 1501 timestamps at 0 have the weight of one token at log(1501) = 7.3.
    private void Favour(int token, float logit) => _logits[token] = logit;

    private bool IsAllowed(int token) => !float.IsNegativeInfinity(_logits[token]);

    private bool[] Allowed(params int[] tokens) => [.. tokens.Select(IsAllowed)];
}
