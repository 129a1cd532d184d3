using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Admission;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class AdmissionTests
{
    private readonly AdmissionOptions _options = new();

    [Fact]
    public void Enter_PlacesLeft_IsAdmittedAtOnce() => Assert.True(Enter(new AdmissionOrder(1, 1, _options), 5).Admitted.IsCompleted);

    [Fact]
    public void Enter_ShortJobBehindALongerOne_GoesFirst()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var first = Enter(admission, 5);
        var longer = Enter(admission, 25);
        var shorter = Enter(admission, 2);

        first.Dispose();

        Assert.True(shorter.Admitted.IsCompleted);
        Assert.False(longer.Admitted.IsCompleted);
    }

    [Fact]
    public void Enter_LongJobAmongMoreAndMoreShortOnes_IsNotOvertakenForEver()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var longer = Enter(admission, 25);
        for (var i = 0; i < 100 && !longer.Admitted.IsCompleted; i++)
        {
            var next = Enter(admission, 2);
            working.Dispose();
            working = next;
        }

        Assert.True(longer.Admitted.IsCompleted);
    }

    [Fact]
    public void Enter_LongRecordings_LeavePlacesToShortOnes()
    {
        var admission = new AdmissionOrder(4, 2, _options);

        var longs = Enumerable.Range(0, 4).Select(_ => Enter(admission, 600)).ToArray();

        Assert.Equal(2, longs.Count(place => place.Admitted.IsCompleted));
        Assert.True(Enter(admission, 3).Admitted.IsCompleted);
    }

    [Fact]
    public void Enter_LongRecordingLeaves_LetsTheNextLongOneIn()
    {
        var admission = new AdmissionOrder(4, 1, _options);
        var first = Enter(admission, 600);
        var second = Enter(admission, 600);

        first.Dispose();

        Assert.True(second.Admitted.IsCompleted);
    }

    [Fact]
    public void Enter_HigherPriority_GoesFirst()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var plain = Enter(admission, 3);
        var urgent = Enter(admission, 9, priority: 5);

        working.Dispose();

        Assert.True(urgent.Admitted.IsCompleted);
        Assert.False(plain.Admitted.IsCompleted);
    }

    [Fact]
    public void Enter_SenderOfManyJobs_DoesNotStarveTheOthers()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var flood = Enumerable.Range(0, 50).Select(_ => Enter(admission, 5, "alice")).ToArray();
        var other = Enter(admission, 5, "bob");

        working.Dispose();
        flood[0].Dispose();

        Assert.True(other.Admitted.IsCompleted);
        Assert.Equal(1, flood.Count(place => place.Admitted.IsCompleted));
    }

    [Fact]
    public void Enter_SharesSwitchedOff_KeepsTheOrderOfArrival()
    {
        _options.FairBySender = false;
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var first = Enter(admission, 5, "alice");
        var second = Enter(admission, 5, "alice");
        var other = Enter(admission, 5, "bob");

        working.Dispose();
        first.Dispose();

        Assert.True(second.Admitted.IsCompleted);
        Assert.False(other.Admitted.IsCompleted);
    }

    [Fact]
    public void Dispose_WhileWaiting_TakesNoPlace()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var given = Enter(admission, 1);
        var next = Enter(admission, 2);

        given.Dispose();
        working.Dispose();

        Assert.True(next.Admitted.IsCompletedSuccessfully);
        Assert.True(given.Admitted.IsCanceled);
    }

    [Fact]
    public void Dispose_Twice_FreesOnePlace()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);

        working.Dispose();
        working.Dispose();

        Assert.True(Enter(admission, 5).Admitted.IsCompleted);
        Assert.False(Enter(admission, 5).Admitted.IsCompleted);
    }

    [Fact]
    public void Dispose_AfterTheWaitWasCancelled_FreesNoPlace()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var cancelled = Enter(admission, 5);

        cancelled.TryCancel();
        cancelled.Dispose();

        Assert.False(Enter(admission, 5).Admitted.IsCompleted);
        working.Dispose();
    }

    [Fact]
    public void Dispose_AfterClose_FreesNoPlace()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        using var working = Enter(admission, 5);
        var waiting = Enter(admission, 5);

        admission.Close();
        waiting.Dispose();

        Assert.Equal((1, 0), admission.Admitted);
    }

    [Fact]
    public void Close_Always_CancelsThoseThatWait()
    {
        var admission = new AdmissionOrder(1, 1, _options);
        var working = Enter(admission, 5);
        var waiting = Enter(admission, 5);

        admission.Close();

        Assert.True(waiting.Admitted.IsCanceled);
        Assert.True(working.Admitted.IsCompletedSuccessfully);
        working.Dispose();
        Assert.True(Enter(admission, 5).Admitted.IsCanceled);
    }

    private static AdmissionSlot Enter(AdmissionOrder admission, double seconds, string? sender = null, byte priority = 0) => admission.Enter(
        new() { MessageId = "1", Input = new TextInput("hi"), SenderId = sender, Priority = priority }, TimeSpan.FromSeconds(seconds));
}
