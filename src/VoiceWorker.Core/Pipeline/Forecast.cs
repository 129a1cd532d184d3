using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// Foresees how long the rest of a job takes, from moving averages of what each stage's jobs waited and worked; speech
/// recognition by the second of audio. What is not known yet counts as nothing.
/// </summary>
internal sealed class Forecast(EarlyRefusalOptions options, TimeProvider time)
{
    // About the last forty jobs count.
    private const double Weight = 0.05;

    private readonly Lock _lock = new();
    private readonly Average[] _averages = new Average[(int)Stage.Encode + 1];

    /// <summary>Notes what a job took in a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">What it worked on.</param>
    /// <param name="wait">How long the job waited for it.</param>
    /// <param name="run">How long the stage worked.</param>
    public void Observe(Stage stage, object? input, TimeSpan wait, TimeSpan run)
    {
        if (Size(input) is not (> 0 and var size))
            return;
        lock (_lock)
            _averages[(int)stage].Add(wait.TotalSeconds, run.TotalSeconds / size);
    }

    /// <summary>Why a job is better refused now, before the stage that costs most works for it; null when it is not.</summary>
    /// <param name="stage">The stage that is about to begin.</param>
    /// <param name="input">What it would work on.</param>
    /// <param name="job">The job.</param>
    public string? Refusal(Stage stage, object? input, VoiceJob job)
    {
        // Later on most of the work is done, and dropping it would be the waste.
        var isFirst = stage == Stage.Transcribe || (stage == Stage.Translate && job.Input is TextInput);
        if (!options.Enabled || !isFirst || job.Deadline is not { } deadline)
            return null;
        var left = (deadline - time.GetUtcNow()).TotalSeconds;
        var needed = Needed(stage, Size(input));
        return needed > left * options.Margin
            ? FormattableString.Invariant($"Processing failed: the job's deadline is in {left:0.0} s, and jobs like it take {needed:0.0} s from here. Send it with more time, or a shorter recording.")
            : null;
    }

    private double Needed(Stage stage, double size)
    {
        var needed = 0.0;
        lock (_lock)
        {
            for (var s = stage; s <= Stage.Encode; s++)
            {
                var average = _averages[(int)s];
                if (average.Count < options.MinimumSamples)
                    continue;
                // The job has waited for its first stage already.
                needed += s == stage ? average.Run * size : average.Wait + average.Run;
            }
        }

        return needed;
    }

    private static double Size(object? input) => input is DecodedAudio audio ? audio.Duration.TotalSeconds : 1;

    private struct Average
    {
        public int Count;
        public double Wait;
        public double Run;

        public void Add(double wait, double run)
        {
            Count = Math.Min(Count + 1, int.MaxValue - 1);
            // The first ones weigh the same, so that no single one of them rules.
            var weight = Math.Max(Weight, 1.0 / Count);
            Wait += (wait - Wait) * weight;
            Run += (run - Run) * weight;
        }
    }
}
