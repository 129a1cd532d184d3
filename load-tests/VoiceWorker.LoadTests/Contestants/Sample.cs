namespace VoiceWorker.LoadTests.Contestants;

/// <summary>What a contestant says of itself at one moment.</summary>
/// <param name="Seconds">The moment, by the machine's monotonic clock.</param>
/// <param name="Done">Jobs answered since its start.</param>
/// <param name="AllocatedBytes">Bytes that its process has allocated so far.</param>
/// <param name="WorkingSetBytes">Memory of its process now.</param>
/// <param name="CompilingSeconds">Time that its just-in-time compiler has taken so far.</param>
internal sealed record Sample(double Seconds, long Done, long AllocatedBytes, long WorkingSetBytes, double CompilingSeconds);
