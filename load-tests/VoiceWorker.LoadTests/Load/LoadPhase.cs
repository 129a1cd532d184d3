namespace VoiceWorker.LoadTests.Load;

/// <summary>A part of a schedule: so long, from one rate to another.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="From">Jobs a second at its beginning.</param>
/// <param name="To">Jobs a second at its end.</param>
internal sealed record LoadPhase(double Seconds, double From, double To)
{
    /// <summary>When the jobs of some phases are to be sent, in seconds from the beginning. Nothing that happens while they are sent changes it.</summary>
    public static IEnumerable<double> Schedule(IEnumerable<LoadPhase> phases)
    {
        var (begin, owed) = (0.0, 0.0);
        const double Step = 0.001;
        foreach (var phase in phases)
        {
            for (var at = 0.0; at < phase.Seconds; at += Step)
            {
                owed += Step * (phase.From + ((phase.To - phase.From) * at / phase.Seconds));
                for (; owed >= 1; owed--)
                    yield return begin + at;
            }

            begin += phase.Seconds;
        }
    }
}
