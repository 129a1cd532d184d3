using Spectre.Console;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Shows where each job is: a live table on a terminal, a line for each news elsewhere.</summary>
/// <param name="console">Where to show it.</param>
/// <param name="jobs">The jobs' names.</param>
/// <param name="lines">Whether news are worth a line each where there is no terminal.</param>
internal sealed class JobBoard(IAnsiConsole console, IReadOnlyList<string> jobs, bool lines)
{
    private readonly Lock _lock = new();
    private readonly Table _table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumns("", "");
    private LiveDisplayContext? _live;

    /// <summary>Shows the board for as long as the work runs.</summary>
    public async Task<T> ShowWhileAsync<T>(Func<Task<T>> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return await work();
        foreach (var job in jobs)
            _table.AddRow(new Text(Terminal.Plain(job)), new Text("waiting"));
        return await console.Live(_table).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).StartAsync(context =>
        {
            _live = context;
            return work();
        });
    }

    /// <summary>Notes the news of one job.</summary>
    public void Update(int job, string state)
    {
        lock (_lock)
        {
            if (_live is not null)
            {
                _table.UpdateCell(job, 1, new Text(Terminal.Plain(state)));
                _live.Refresh();
            }
            else if (lines)
            {
                console.Write(new Text($"{Terminal.Plain(jobs[job])}: {Terminal.Plain(state)}{Environment.NewLine}"));
            }
        }
    }
}
