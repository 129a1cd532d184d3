using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Pipeline;

/// <summary>The engine counts as down and was not asked.</summary>
internal sealed class CircuitOpenException(Stage stage) : Exception($"the engine of {stage} is down");
