using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class BatchSchedulerTests : IAsyncDisposable, ISchedulerMeter
{
    private static readonly LogMelSpectrogram Mel = new([], bands: 0, frames: 0, silence: 0, length: 0);
    private readonly FakeNetwork _network = new();
    private readonly ConcurrentBag<TimeSpan> _encodingTimes = [];
    private readonly FakeTimeProvider _time = new();
    private readonly BatchScheduler _scheduler;

    public BatchSchedulerTests() => _scheduler = new(_network, places: 4, this, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _network.Open();
        await _scheduler.DisposeAsync();
    }

    void ISchedulerMeter.Encoded(TimeSpan time) => _encodingTimes.Add(time);

    void ISchedulerMeter.Stepped(int texts, TimeSpan time)
    {
    }

    [Fact]
    public async Task WriteAsync_SeveralTexts_ShareTheSteps()
    {
        using var window = await EncodeAsync(0);
        _network.Close();
        var first = WriteAsync(window, new CountingWriter(3));
        await UntilAsync(() => _network.Steps.Length == 1);
        var others = new[] { WriteAsync(window, new CountingWriter(2)), WriteAsync(window, new CountingWriter(4)) };
        _network.Open();
        await Task.WhenAll([first, .. others]);

        // Alone; then two join; then the first two leave.
        Assert.Equal([1, 3, 3, 1, 1], _network.Steps);
    }

    [Fact]
    public async Task WriteAsync_TextThatBranches_HasARowForEachBranch()
    {
        using var window = await EncodeAsync(0);
        var writer = new BranchingWriter([0, 0, 0], [2, 0], [1]);

        await WriteAsync(window, writer);

        Assert.Equal([1, 3, 2, 1], _network.Steps);
        Assert.Equal([4, 12, 8, 4], writer.Widths);
    }

    [Fact]
    public async Task WriteAsync_LongPrompt_IsReadInPartsBesideOtherTexts()
    {
        using var window = await EncodeAsync(0);
        _network.Close();
        var first = WriteAsync(window, new CountingWriter(3));
        await UntilAsync(() => _network.Steps.Length == 1);
        var second = WriteAsync(window, new CountingWriter(1, promptLength: 20));
        _network.Open();
        await Task.WhenAll(first, second);

        Assert.Equal([1, 16, 6], _network.Steps);
    }

    [Fact]
    public async Task EncodeAsync_LongRecordingAmongShortOnes_TakesTurns()
    {
        _network.Close();
        var longOne = Task.Run(async () =>
        {
            for (var window = 0; window < 5; window++)
                await TranscribeAsync(100 + window, start: 3000 * window);
        }, Token);
        await UntilAsync(() => _network.Encoded.Length == 1);
        var shortOnes = Enumerable.Range(1, 3).Select(id => TranscribeAsync(id)).ToArray();
        _network.Open();
        await Task.WhenAll([longOne, .. shortOnes]);

        Assert.Equal([100, 1, 2, 3, 101, 102, 103, 104], _network.Encoded);
    }

    [Fact]
    public async Task EncodeAsync_FirstWindowWhileALaterOneIsUnderWay_ComesBetweenItsPieces()
    {
        _network.Pieces = 4;
        _network.Close();
        var later = EncodeAsync(9, start: 3000);
        await UntilAsync(() => _network.Encoded.Length == 1);
        var first = TranscribeAsync(1);
        _network.Open();
        await first;
        (await later).Dispose();

        Assert.Equal([9, 1, 1, 1, 1, 9, 9, 9], _network.Encoded);
    }

    [Fact]
    public async Task EncodeAsync_LaterWindowBesideEndlessFirstOnes_HasItsShareOfTheTime()
    {
        using var window = await EncodeAsync(1);
        _network.Pieces = 100;
        int? steps = null;
        _network.Working = () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            if (_network.Encoded.Length == 1 + _network.Pieces)
                steps ??= _network.Steps.Length;
        };
        using var enough = new CancellationTokenSource();
        _network.Close();
        var endless = _scheduler.WriteAsync(window, new CountingWriter(-1), enough.Token);
        await UntilAsync(() => _network.Steps.Length == 1);
        var later = EncodeAsync(9, start: 3000);
        _network.Open();
        (await later).Dispose();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);

        Assert.InRange(100.0 / (100 + steps!.Value), LaterShare.Part - 0.01, LaterShare.Part + 0.01);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _encodingTimes.Max());
    }

    [Fact]
    public async Task WriteAsync_LaterTextBesideAnEndlessFirstOne_HasItsShareOfTheTime()
    {
        const int Tokens = 100;
        using var window = await EncodeAsync(1);
        using var laterWindow = await EncodeAsync(9, start: 3000);
        _network.Working = () => _time.Advance(TimeSpan.FromMilliseconds(1));
        using var enough = new CancellationTokenSource();
        _network.Close();
        var endless = _scheduler.WriteAsync(window, new CountingWriter(-1), enough.Token);
        await UntilAsync(() => _network.Steps.Length == 1);
        var later = WriteAsync(laterWindow, new CountingWriter(Tokens));
        _network.Open();
        await later;
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);

        // Half of each step that both have part in is the later one's.
        var steps = _network.Steps;
        Assert.Equal(Tokens, steps.Count(rows => rows == 2));
        Assert.InRange(0.5 * Tokens / (1 + Array.LastIndexOf(steps, 2)), LaterShare.Part - 0.01, LaterShare.Part + 0.01);
    }

    [Fact]
    public async Task EncodeAsync_EndlessFirstOnesTakeEveryPlace_LaterWindowGetsTheNextFreeOne()
    {
        _network.Working = () => _time.Advance(TimeSpan.FromMilliseconds(1));
        var windows = await Task.WhenAll(Enumerable.Range(1, 4).Select(id => EncodeAsync(id)));
        using var enough = new CancellationTokenSource();
        var endless = _scheduler.WriteAsync(windows[0], new CountingWriter(-1), enough.Token);
        var (fifth, later) = (EncodeAsync(5), EncodeAsync(9, start: 3000));
        var before = _network.Steps.Length;
        await UntilAsync(() => _network.Steps.Length > before + 2);

        windows[1].Dispose();

        (await later).Dispose();
        (await fifth).Dispose();
        Assert.Equal([9, 5], _network.Encoded[4..]);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Array.ForEach(windows, one => one.Dispose());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    public async Task EncodeAsync_CancelledUnderWay_IsGivenUpAndFreesItsPlace(int start)
    {
        _network.Pieces = 3;
        for (var i = 1; i <= 5; i++)
        {
            using var cancelOne = new CancellationTokenSource();
            _network.Close();
            var cancelled = _scheduler.EncodeAsync(Mel, start, i, cancelOne.Token);
            await UntilAsync(() => _network.Encoded.Length == i);
            await cancelOne.CancelAsync();
            _network.Open();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        Assert.Equal([1, 2, 3, 4, 5], _network.Encoded);
        Assert.Equal(5, _network.Disposed);
        Assert.All(await Task.WhenAll(Enumerable.Range(1, 4).Select(id => EncodeAsync(id))), window => window.Dispose());
    }

    [Fact]
    public async Task EncodeAsync_NoPlaceLeft_WaitsForOne()
    {
        var windows = await Task.WhenAll(Enumerable.Range(0, 4).Select(id => EncodeAsync(id)));
        var fifth = EncodeAsync(4);
        await WriteAsync(windows[0], new CountingWriter(5));
        Assert.Equal(4, _network.Encoded.Length);

        windows[0].Dispose();
        windows[0].Dispose();

        using var window = await fifth;
        Assert.Equal([0, 1, 2, 3, 4], _network.Encoded);
        var sixth = EncodeAsync(5);
        await WriteAsync(windows[1], new CountingWriter(5));
        Assert.False(sixth.IsCompleted);
        Array.ForEach(windows, one => one.Dispose());
        (await sixth).Dispose();
    }

    [Fact]
    public async Task EncodeAsync_CancelledWhileWaiting_IsNeverEncoded()
    {
        using var cancel = new CancellationTokenSource();
        _network.Close();
        var first = EncodeAsync(0);
        await UntilAsync(() => _network.Encoded.Length == 1);
        var second = _scheduler.EncodeAsync(Mel, 0, 1, cancel.Token);
        var third = EncodeAsync(2);

        await cancel.CancelAsync();
        _network.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        (await first).Dispose();
        (await third).Dispose();
        Assert.Equal([0, 2], _network.Encoded);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_EndsBetweenStepsAndLeavesTheOthersAlone()
    {
        using var window = await EncodeAsync(0);
        using var cancel = new CancellationTokenSource();
        var (endless, other) = (new CountingWriter(-1), new CountingWriter(50));
        var cancelled = _scheduler.WriteAsync(window, endless, cancel.Token);
        var finished = WriteAsync(window, other);
        await UntilAsync(() => endless.Written > 3);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await finished;
        Assert.Equal(50, other.Written);
    }

    [Fact]
    public async Task WriteAsync_FailingStep_FailsItsTextsAndNoLaterOnes()
    {
        using var window = await EncodeAsync(0);
        _network.Failure = new InvalidOperationException("no memory");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(window, new CountingWriter(3)));

        Assert.Equal("no memory", error.Message);
        await WriteAsync(window, new CountingWriter(3));
    }

    [Fact]
    public async Task WriteAsync_WriterThrowsInTheStepInWhichAnotherIsFinished_FailsAloneAndNoMemoryComesBackTwice()
    {
        using var window = await EncodeAsync(0);
        _network.Close();
        var before = WriteAsync(window, new CountingWriter(1));
        await UntilAsync(() => _network.Steps.Length == 1);
        var other = new CountingWriter(3);
        var (finished, failed, others) = (WriteAsync(window, new CountingWriter(1)), WriteAsync(window, new CountingWriter(1, throws: true)), WriteAsync(window, other));
        _network.Open();
        await Task.WhenAll(before, finished, others);

        Assert.Equal("a defect", (await Assert.ThrowsAsync<InvalidOperationException>(() => failed)).Message);
        Assert.Equal(3, other.Written);
        Assert.Equal(4, _network.TextMemories);
        Assert.Equal(4, _network.Released.Count);
        Assert.Equal(4, _network.Released.Distinct().Count());
    }

    [Fact]
    public async Task EncodeAsync_FailingEncoder_GivesThePlaceBack()
    {
        for (var i = 0; i < 10; i++)
        {
            _network.Failure = new InvalidOperationException("no memory");
            await Assert.ThrowsAsync<InvalidOperationException>(() => EncodeAsync(i));
        }

        var windows = await Task.WhenAll(Enumerable.Range(0, 4).Select(id => EncodeAsync(id)));
        Assert.All(windows, window => window.Dispose());
    }

    [Fact]
    public async Task DisposeAsync_WorkUnderWay_FailsItAndReleasesTheNetwork()
    {
        var window = await EncodeAsync(0);
        var text = WriteAsync(window, new CountingWriter(-1));
        var windows = await Task.WhenAll(Enumerable.Range(1, 3).Select(id => EncodeAsync(id)));
        var waiting = EncodeAsync(9);

        await _scheduler.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => text);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => EncodeAsync(10));
        Assert.True(_network.IsDisposed);
        Assert.All([window, .. windows], one => one.Dispose());
    }

    private async Task TranscribeAsync(int id, int start = 0)
    {
        using var window = await EncodeAsync(id, start);
        await WriteAsync(window, new CountingWriter(3));
    }

    // The window's length tells it from others.
    private Task<EncodedWindow> EncodeAsync(int id, int start = 0) => _scheduler.EncodeAsync(Mel, start, positions: id, Token);

    private Task WriteAsync(EncodedWindow window, ITextWriter writer) => _scheduler.WriteAsync(window, writer, Token);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(1, Token);
    }
}
