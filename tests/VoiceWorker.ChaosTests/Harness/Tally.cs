namespace VoiceWorker.ChaosTests.Harness;

/// <summary>How the jobs of a run ended.</summary>
/// <param name="Sent">Jobs that the broker took.</param>
/// <param name="Answered">Jobs with at least one reply.</param>
/// <param name="Duplicates">Replies beyond the first of a job.</param>
/// <param name="DeadLetters">Messages in the queue of dead letters.</param>
/// <param name="Lost">Ids with neither a reply nor a dead letter.</param>
/// <param name="Doubled">Ids without a reply and with more dead letters than copies were sent.</param>
/// <param name="Recovery">From the end of the fault to the reply to a job sent just then; null where nothing was to recover.</param>
internal sealed record Tally(
    int Sent, int Answered, int Duplicates, int DeadLetters, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, TimeSpan? Recovery);
