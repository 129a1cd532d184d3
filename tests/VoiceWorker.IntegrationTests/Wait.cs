using System.Diagnostics;

namespace VoiceWorker.IntegrationTests;

/// <summary>Waits for what a real part does in its own time.</summary>
internal static class Wait
{
    // It bounds what hangs, not what is slow: a loaded machine may take its time.
    private const int LongestSeconds = 240;

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        if (!await TryUntilAsync(condition))
            Assert.Fail($"Not within {LongestSeconds} s: {what}.");
    }

    /// <summary>Waits for what need not come.</summary>
    /// <returns>Whether it came.</returns>
    public static async Task<bool> TryUntilAsync(Func<Task<bool>> condition, int seconds = LongestSeconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            var waited = Stopwatch.GetElapsedTime(started);
            if (waited.TotalSeconds > seconds)
                return false;
            // What takes longer is asked for less often: to ask costs the machine time that the answer needs.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(250, 20 + (waited.TotalMilliseconds / 20))), TestContext.Current.CancellationToken);
        }

        return true;
    }
}
