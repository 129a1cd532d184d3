using VoiceWorker.Whisper.Onnx.Features;
using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>
/// Any sequence of windows and texts that come, finish, throw, are cancelled and are disposed, over a network that fails now
/// and then. Whatever happens, each text is written from its own window and its own tokens alone, ends as its writer ended,
/// and all memory and all places come back.
/// </summary>
public sealed class SchedulerModelTests : ISchedulerMeter
{
    private const int Places = 4;
    private static readonly LogMelSpectrogram Mel = new([], bands: 0, frames: 0, silence: 0, length: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    void ISchedulerMeter.Encoded(TimeSpan time)
    {
    }

    void ISchedulerMeter.Stepped(int texts, TimeSpan time)
    {
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Scheduler_AnySequence_KeepsTextsApartAndGivesEverythingBack(int seed)
    {
        using var network = new RememberingNetwork(seed);
        await using var scheduler = new BatchScheduler(network, Places, this, TimeProvider.System);
        var random = new Random(seed);

        await Task.WhenAll(Enumerable.Range(1, 60).Select(id => TranscribeAsync(scheduler, network, id, random.Next())));

        Assert.Equal(0, network.Rented);
        var windows = new List<EncodedWindow>();
        while (windows.Count < Places)
        {
            if (await TryAsync(scheduler.EncodeAsync(Mel, 0, 1, Token)) is { } window)
                windows.Add(window);
        }

        windows.ForEach(window => window.Dispose());
        Assert.Equal(0, network.Rented);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Scheduler_StoppedUnderWay_EndsEverythingAndGivesItBack(int seed)
    {
        using var network = new RememberingNetwork(seed);
        var scheduler = new BatchScheduler(network, Places, this, TimeProvider.System);
        var random = new Random(seed);

        var recordings = Enumerable.Range(1, 30).Select(id => TranscribeAsync(scheduler, network, id, random.Next())).ToList();
        await recordings[random.Next(10)];
        await scheduler.DisposeAsync();

        await Task.WhenAll(recordings);
        Assert.Equal(0, network.Rented);
    }

    // A recording of several windows, each with several texts, some of which are cancelled.
    private static async Task TranscribeAsync(BatchScheduler scheduler, RememberingNetwork network, int id, int seed)
    {
        var random = new Random(seed);
        for (var (start, windows) = (0, random.Next(1, 4)); windows > 0; start += 3000, windows--)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            if (random.Next(6) == 0)
                cancel.CancelAfter(random.Next(3));
            try
            {
                using var window = await scheduler.EncodeAsync(Mel, start, id, cancel.Token);
                await Task.WhenAll(Enumerable.Range(0, random.Next(1, 3)).Select(_ => WriteAsync(scheduler, network, window, new ScriptedWriter(random.Next(), id), cancel.Token)));
                if (random.Next(2) == 0)
                    window.Dispose();
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || network.Thrown.Contains(e))
            {
                // The window never came; the next one may.
            }
        }
    }

    private static async Task WriteAsync(BatchScheduler scheduler, RememberingNetwork network, EncodedWindow window, ScriptedWriter writer, CancellationToken cancellationToken)
    {
        var error = await Record.ExceptionAsync(() => scheduler.WriteAsync(window, writer, cancellationToken));

        Assert.Null(writer.Mistake);
        if (writer.HasFailed)
            Assert.True(error is InvalidOperationException or ArgumentOutOfRangeException && !network.Thrown.Contains(error), error?.ToString());
        else if (error is null)
            Assert.True(writer.HasFinished);
        else
            Assert.True(error is OperationCanceledException or ObjectDisposedException || network.Thrown.Contains(error), error.ToString());
    }

    private static async Task<EncodedWindow?> TryAsync(Task<EncodedWindow> encoding)
    {
        try
        {
            return await encoding;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
