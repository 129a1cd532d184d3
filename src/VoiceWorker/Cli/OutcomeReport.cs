using System.Text.Json;

namespace VoiceWorker.Host.Cli;

/// <summary>Shows what became of the jobs: a table for people, JSON lines for scripts.</summary>
internal static class OutcomeReport
{
    /// <returns>The command's exit code: 0 when every job succeeded, 1 otherwise.</returns>
    public static int Show(Terminal terminal, IReadOnlyList<JobOutcome> outcomes, bool json)
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

        return outcomes.All(o => o.Succeeded) ? 0 : 1;
    }
}
