namespace VoiceWorker.ChaosTests.Harness;

/// <summary>What is known of one job.</summary>
internal sealed class JobRecord
{
    private int _copies;
    private int _replies;
    private int _errors;
    private long _answeredAt;

    /// <summary>How often the broker may have it: more than once where a confirm to the producer was lost.</summary>
    public int Copies => Volatile.Read(ref _copies);

    /// <summary>How many final replies came, good ones and errors.</summary>
    public int Replies => Volatile.Read(ref _replies);

    /// <summary>How many of the replies are errors.</summary>
    public int Errors => Volatile.Read(ref _errors);

    /// <summary>When the first reply came, as a timestamp; 0 when none has.</summary>
    public long AnsweredAt => Volatile.Read(ref _answeredAt);

    public void CountCopy() => Interlocked.Increment(ref _copies);

    public void CountReply(bool isError, long now)
    {
        Interlocked.CompareExchange(ref _answeredAt, now, 0);
        if (isError)
            Interlocked.Increment(ref _errors);
        Interlocked.Increment(ref _replies);
    }
}
