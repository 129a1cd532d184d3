using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Wishes to end jobs that are still to come: whose they are, how long they are kept, and how many.</summary>
public sealed class CancellationsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Cancellations _cancelled;

    public CancellationsTests() => _cancelled = new(TimeSpan.FromMinutes(1), _time);

    [Theory]
    [InlineData("alice", null, "alice", "a", true)]
    [InlineData("alice", null, "alice", null, true)]
    [InlineData(null, "a", "alice", "a", true)]
    [InlineData("somebody", "a", "alice", "a", true)]
    [InlineData("mallory", null, "alice", "a", false)]
    [InlineData("mallory", "m", "alice", "a", false)]
    [InlineData(null, null, "alice", "a", false)]
    [InlineData(null, null, "alice", null, false)]
    [InlineData(null, null, null, "a", false)]
    [InlineData(null, null, null, null, true)]
    [InlineData("mallory", null, null, null, false)]
    [InlineData(null, "m", null, null, false)]
    public void Cancellation_Job_IsMeantOnlyByItsSender(string? sender, string? replyTo, string? jobsSender, string? jobsReplyTo, bool meant)
    {
        var (wish, job) = (new Cancellation("1", sender, replyTo), Job("1", jobsSender, jobsReplyTo));
        Assert.Equal(meant, wish.Matches(job));

        _cancelled.Add(wish);

        Assert.Equal(meant, _cancelled.Contains(job));
        Assert.False(_cancelled.Contains(job with { MessageId = "2" }));
        Assert.False(wish.Matches(job with { MessageId = "2" }));
    }

    [Fact]
    public void Contains_AfterTheirTime_IsForgotten()
    {
        _cancelled.Add(new("1", "alice"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_cancelled.Contains(Job("1", "alice")));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(_cancelled.Contains(Job("1", "alice")));
    }

    [Fact]
    public void Contains_CancelledAgain_IsKeptFromThen()
    {
        _cancelled.Add(new("1", "alice"));
        _time.Advance(TimeSpan.FromSeconds(40));
        _cancelled.Add(new("1", "alice"));
        _time.Advance(TimeSpan.FromSeconds(40));
        _cancelled.Add(new("2", "alice"));

        Assert.True(_cancelled.Contains(Job("1", "alice")));
    }

    [Fact]
    public void Add_FloodOfOneSender_ForgetsItsOwnOnly()
    {
        _cancelled.Add(new("1", "alice"));
        _cancelled.Add(new("1", null, "a"));
        for (var i = 0; i < 200_000; i++)
            _cancelled.Add(new($"{i}", "mallory"));

        Assert.True(_cancelled.Contains(Job("1", "alice")));
        Assert.True(_cancelled.Contains(Job("1", null, "a")));
        Assert.True(_cancelled.Contains(Job("199999", "mallory")));
        Assert.False(_cancelled.Contains(Job($"{199_999 - Cancellations.MaxOfOne}", "mallory")));
    }

    [Fact]
    public void Add_FloodUnderManyNames_ForgetsTheirsWithTheMostFirst()
    {
        _cancelled.Add(new("1", "alice"));
        for (var name = 0; name < 300; name++)
        {
            for (var i = 0; i < Cancellations.MaxOfOne; i++)
                _cancelled.Add(new($"{i}", $"mallory {name}"));
        }

        Assert.True(_cancelled.Contains(Job("1", "alice")));
    }

    private static VoiceJob Job(string id, string? sender = null, string? replyTo = null) =>
        new() { MessageId = id, SenderId = sender, ReplyTo = replyTo, Input = new TextInput("hi") };
}
