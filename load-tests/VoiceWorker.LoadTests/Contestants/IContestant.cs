namespace VoiceWorker.LoadTests.Contestants;

/// <summary>Something that answers a queue's jobs, as long as it is not disposed.</summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>Jobs answered so far: their replies are confirmed.</summary>
    long Done { get; }

    /// <summary>Begins; returns when it takes jobs.</summary>
    Task StartAsync(CancellationToken cancellationToken);
}
