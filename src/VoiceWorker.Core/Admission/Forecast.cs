using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Admission;

/// <summary>
/// Foresees how long the rest of a job takes: what the stages' last jobs took, speech recognition by the second of audio,
/// and what waits before the stages now. What is not known counts as nothing, what was learned long ago as little.
/// </summary>
/// <param name="options">The rules.</param>
/// <param name="queued">How many jobs wait before a stage now, for each that it works on at a time.</param>
/// <param name="time">The clock.</param>
internal sealed class Forecast(EarlyRefusalOptions options, Func<Stage, double> queued, TimeProvider time)
{
    // Of this many times the memory without a job, nothing is left.
    private const int Forgotten = 10;

    private readonly Lock _lock = new();
    private readonly Average[] _averages = new Average[(int)Stage.Encode + 1];
    private long _letThrough = time.GetTimestamp();

    /// <summary>Notes what a job took in a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="input">What it worked on.</param>
    /// <param name="run">How long the stage worked.</param>
    public void Observe(Stage stage, object? input, TimeSpan run)
    {
        if (Size(input) is not (> 0 and var size))
            return;
        lock (_lock)
        {
            ref var average = ref _averages[(int)stage];
            var now = time.GetTimestamp();
            var age = time.GetElapsedTime(average.At, now) / options.Memory;
            average.Add(run.TotalSeconds, size, age, age >= Forgotten);
            average.At = now;
        }
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
        lock (_lock)
        {
            var needed = Needed(stage, Size(input));
            return needed > left * options.Margin && !LetsThrough(stage, TimeSpan.FromSeconds(needed))
                ? FormattableString.Invariant($"Processing failed: the job's deadline is in {left:0.0} s, and jobs like it take {needed:0.0} s from here. Send it with more time, or a shorter recording.")
                : null;
        }
    }

    private double Needed(Stage stage, double size)
    {
        var needed = 0.0;
        for (var s = stage; s <= Stage.Encode; s++)
        {
            var average = _averages[(int)s];
            if (average.Count < options.MinimumSamples || time.GetElapsedTime(average.At) / options.Memory >= Forgotten)
                continue;
            // The job has waited for its first stage already.
            needed += s == stage ? average.Rate * size : average.Run * (1 + queued(s));
        }

        return needed;
    }

    // If nobody has got through for a while, the only way to learn whether it still takes so long is to try.
    private bool LetsThrough(Stage stage, TimeSpan needed)
    {
        var silence = needed > options.Memory ? needed : options.Memory;
        if (time.GetElapsedTime(Math.Max(_averages[(int)stage].At, _letThrough)) < silence)
            return false;
        _letThrough = time.GetTimestamp();
        return true;
    }

    private static double Size(object? input) => input is DecodedAudio audio ? audio.Duration.TotalSeconds : 1;

    private struct Average
    {
        // About the last twenty jobs count, or fewer where they are rare.
        private const double LeastWeight = 0.05;

        public int Count;
        public double Run;
        public double Rate;
        public long At;

        public void Add(double run, double size, double age, bool anew)
        {
            Count = anew ? 1 : Math.Min(Count + 1, int.MaxValue - 1);
            // The first ones weigh the same, so that no single one of them rules; after a time without any, the next one does.
            var weight = Math.Max(Math.Max(LeastWeight, 1.0 / Count), 1 - Math.Pow(2, -age));
            Run += (run - Run) * weight;
            Rate += ((run / size) - Rate) * weight;
        }
    }
}
