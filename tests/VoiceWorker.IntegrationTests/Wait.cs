using System.Diagnostics;

namespace VoiceWorker.IntegrationTests;

/// <summary>Waits for what a real part does in its own time.</summary>
internal static class Wait
{
    public static Task UntilAsync(Func<bool> condition, string what, int seconds = 60) =>
        UntilAsync(() => Task.FromResult(condition()), what, seconds);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
                Assert.Fail($"Not within {seconds} s: {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
