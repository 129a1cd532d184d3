using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Resilience;

/// <summary>An engine went on working although it was told to stop.</summary>
internal sealed class EngineAbandonedException(Stage stage, TimeSpan grace)
    : Exception($"{stage} did not stop within {grace.TotalSeconds:0} s of its cancellation and was abandoned.");
