using System.Text.Json;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Shows what became of the jobs: a table for people, JSON lines for scripts.</summary>
internal static class OutcomeReport
{
    /// <param name="terminal">Where to show it.</param>
    /// <param name="outcomes">What became of each job.</param>
    /// <param name="json">Whether scripts read it.</param>
    /// <param name="cancellationToken">The command's: whether the user gave up on the rest.</param>
    /// <returns>The command's exit code: 0 when every job succeeded, 1 when one did not, 130 when the user gave up.</returns>
    public static int Show(Terminal terminal, IReadOnlyList<JobOutcome> outcomes, bool json, CancellationToken cancellationToken)
    {
        if (json)
        {
            foreach (var outcome in outcomes)
                terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(JobOutcomeLine.Of(outcome), WireJson.Readable.JobOutcomeLine));
        }
        else
        {
            terminal.Out.Write(OutcomeTable.Create(terminal.Out, outcomes));
            foreach (var outcome in outcomes.Where(o => !o.Succeeded))
                terminal.Warn($"{outcome.Name}: {outcome.Problem}");
        }

        return outcomes.All(o => o.Succeeded) ? ExitCodes.Done : cancellationToken.IsCancellationRequested ? ExitCodes.Cancelled : ExitCodes.Failed;
    }
}
