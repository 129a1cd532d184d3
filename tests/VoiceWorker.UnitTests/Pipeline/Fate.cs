namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>What an engine does with a job.</summary>
internal enum Fate
{
    Works,
    Throws,
    StopsWhenTold,
    IgnoresItsCancellation,
}
