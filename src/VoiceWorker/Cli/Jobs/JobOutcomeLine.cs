namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>An outcome for scripts: one JSON object a line.</summary>
internal sealed record JobOutcomeLine(
    string Input,
    bool Ok,
    string? OriginalText,
    string? TranslatedText,
    string? SourceLang,
    string? TargetLang,
    string? ContentType,
    IReadOnlyList<string> AudioFiles,
    IReadOnlyDictionary<string, double>? Timings,
    double Seconds,
    string? Error,
    string? Code)
{
    public static JobOutcomeLine Of(JobOutcome outcome)
    {
        var data = outcome.Translated;
        return new(
            outcome.Name, outcome.Succeeded, data?.OriginalText, data?.TranslatedText, data?.SourceLang, data?.TargetLang, data?.ContentType,
            outcome.AudioFiles, data?.Timings, Math.Round(outcome.Elapsed.TotalSeconds, 3), outcome.Problem, outcome.Reply?.Code);
    }
}
