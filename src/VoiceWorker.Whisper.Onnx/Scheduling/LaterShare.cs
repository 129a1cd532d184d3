namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>What is due to later windows while there are first ones beside them: <see cref="Part"/> of the time, less what they had of it.</summary>
internal sealed class LaterShare
{
    /// <summary>The part of the time that later windows have beside first ones.</summary>
    public const double Part = 0.1;

    // What they may catch up at once, when they had no place for a while.
    private static readonly TimeSpan MaxOwed = TimeSpan.FromMilliseconds(20);

    private TimeSpan _owed;

    /// <summary>Whether it is their turn.</summary>
    public bool IsDue => _owed > TimeSpan.Zero;

    /// <summary>Takes account of a turn.</summary>
    /// <param name="spent">How long it was.</param>
    /// <param name="isContested">Whether first and later windows both had work.</param>
    /// <param name="ofLater">The part of it that was later windows'.</param>
    public void Account(TimeSpan spent, bool isContested, double ofLater)
    {
        if (isContested)
            _owed += spent * (Part - ofLater);
        _owed = TimeSpan.FromTicks(Math.Min(_owed.Ticks, isContested ? MaxOwed.Ticks : 0));
    }
}
