using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Load;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>One run of a scenario.</summary>
/// <param name="Load">What the generator saw.</param>
/// <param name="Processes">What each process said of itself at the end.</param>
internal sealed record ScenarioRun(LoadResult Load, IReadOnlyList<Sample> Processes);
