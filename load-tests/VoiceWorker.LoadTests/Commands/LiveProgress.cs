using Spectre.Console;
using VoiceWorker.LoadTests.Load;
using VoiceWorker.LoadTests.Reports;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>Shows a load while it runs; where no terminal is, nothing.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public static async Task ShowAsync(LoadGenerator generator, Task load)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive)
            await AnsiConsole.Live(Line(generator)).StartAsync(context => RefreshAsync(generator, load, context));
        await load;
    }

    private static async Task RefreshAsync(LoadGenerator generator, Task load, LiveDisplayContext context)
    {
        while (await Task.WhenAny(load, Task.Delay(Every)) != load)
            context.UpdateTarget(Line(generator));
        context.UpdateTarget(Line(generator));
    }

    private static Text Line(LoadGenerator generator)
    {
        var (sent, answered, now) = (generator.Sent, generator.Answered, generator.Now);
        var recent = generator.Records.Where(record => record.Replies > 0 && record.Answered > now - 5).Select(record => 1000 * record.Latency).ToList();
        return new($"{now,6:0.0} s   sent {sent}   answered {answered}   waiting {sent - answered}   median of the last 5 s {(recent.Count == 0 ? "-" : Median.Of(recent).Text("0.0"))} ms");
    }
}
