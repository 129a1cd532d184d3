using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Admission;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Admission against a model of it, a list of who is in and who waits, over random orders of everything that can happen to a job.</summary>
public sealed class AdmissionModelTests
{
    private const int Places = 4;
    private const int LongPlaces = 2;

    private readonly AdmissionOrder _admission = new(Places, LongPlaces, new());
    private readonly HashSet<AdmissionSlot> _in = [];
    private readonly HashSet<AdmissionSlot> _waiting = [];
    private readonly List<AdmissionSlot> _gone = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Places_AnyOrderOfEvents_AreGivenBackOnce(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 5_000; step++)
        {
            switch (random.Next(8))
            {
                case 0 or 1 or 2:
                    _waiting.Add(Enter(_admission, random));
                    break;
                case 3 when Any(_waiting, random) is { } cancelled:
                    Assert.True(cancelled.TryCancel());
                    Gone(cancelled);
                    break;
                case 4 when Any(_waiting, random) is { } given:
                    given.Dispose();
                    Gone(given);
                    break;
                case 5 or 6 when Any(_in, random) is { } done:
                    Assert.False(done.TryCancel());
                    done.Leave(TimeSpan.FromSeconds(random.Next(100)));
                    Gone(done);
                    break;
                case 7 when _gone.Count > 0:
                    var again = _gone[random.Next(_gone.Count)];
                    Assert.False(again.TryCancel());
                    again.Dispose();
                    break;
            }

            CheckAgainstModel();
        }

        _admission.Close();
        Assert.All(_waiting, place => Assert.True(place.Admitted.IsCanceled));
        foreach (var place in _waiting.Concat(_in).Concat(_gone))
            place.Dispose();
        Assert.Equal((0, 0), _admission.Admitted);
        Assert.True(Enter(_admission, random).Admitted.IsCanceled);
    }

    [Fact]
    public async Task Places_EverythingAtOnce_AreGivenBackOnce()
    {
        var (inNow, most) = (0, 0);
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, async (seed, token) =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 500; i++)
            {
                using var expired = new CancellationTokenSource();
                var place = Enter(_admission, random);
                await using (expired.Token.UnsafeRegister(static place => ((AdmissionSlot)place!).TryCancel(), place))
                {
                    if (random.Next(2) == 0)
                        _ = expired.CancelAsync();
                    if (random.Next(4) == 0)
                        place.Dispose();
                    await place.Admitted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                if (place.State == AdmissionState.Admitted)
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref inNow));
                    await Task.Yield();
                    Interlocked.Decrement(ref inNow);
                }

                await Task.WhenAll(Task.Run(place.Dispose, token), Task.Run(place.Dispose, token));
            }
        });

        Assert.InRange(most, 1, Places);
        Assert.Equal((0, 0), _admission.Admitted);
    }

    private static AdmissionSlot Enter(AdmissionOrder admission, Random random) => admission.Enter(
        new()
        {
            MessageId = "1",
            Input = new TextInput("hi"),
            SenderId = random.Next(4) is > 0 and var sender ? $"sender-{sender}" : null,
            Priority = (byte)random.Next(10),
        },
        TimeSpan.FromSeconds(random.Next(60)));

    private static AdmissionSlot? Any(HashSet<AdmissionSlot> places, Random random) =>
        places.Count == 0 ? null : places.ElementAt(random.Next(places.Count));

    private void Gone(AdmissionSlot place)
    {
        _waiting.Remove(place);
        _in.Remove(place);
        _gone.Add(place);
    }

    private void CheckAgainstModel()
    {
        foreach (var place in _waiting.Where(place => place.Admitted.IsCompletedSuccessfully).ToList())
        {
            _waiting.Remove(place);
            _in.Add(place);
        }

        Assert.Equal((_in.Count, _in.Count(place => place.IsLong)), _admission.Admitted);
        Assert.True(_in.Count <= Places && _in.Count(place => place.IsLong) <= LongPlaces);
        // Nobody waits for a place that is free.
        Assert.True(_in.Count == Places || _waiting.All(place => place.IsLong && _in.Count(other => other.IsLong) == LongPlaces));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
