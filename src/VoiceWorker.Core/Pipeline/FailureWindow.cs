namespace VoiceWorker.Core.Pipeline;

/// <summary>Counts tries and failures of late, to tell when too many fail.</summary>
/// <param name="options">How many are too many, and what is late.</param>
/// <param name="time">The clock.</param>
internal sealed class FailureWindow(CircuitOptions options, TimeProvider time)
{
    // The window moves on by a tenth of its length.
    private const int Slices = 10;

    private readonly Lock _lock = new();
    private readonly Slice[] _slices = new Slice[Slices];
    private readonly long _started = time.GetTimestamp();

    /// <summary>Counts a try.</summary>
    /// <returns>Whether it has failed, and too many others with it.</returns>
    public bool Note(bool failed)
    {
        var now = (long)(time.GetElapsedTime(_started) / options.SamplingDuration * Slices);
        lock (_lock)
        {
            ref var slice = ref _slices[now % Slices];
            if (slice.Number != now)
                slice = new() { Number = now };
            slice.Tries++;
            if (!failed)
                return false;
            slice.Failures++;
            var (tries, failures) = (0, 0);
            foreach (var late in _slices)
            {
                if (late.Number > now - Slices)
                    (tries, failures) = (tries + late.Tries, failures + late.Failures);
            }

            return tries >= options.MinimumThroughput && failures >= options.FailureRatio * tries;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
            Array.Clear(_slices);
    }

    private struct Slice
    {
        public long Number;
        public int Tries;
        public int Failures;
    }
}
