using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>How long one job waited for and ran in each stage. Written by one stage at a time.</summary>
public sealed class StageTimings
{
    private static readonly int StageCount = Enum.GetValues<Stage>().Length;
    private readonly TimeSpan[] _run = new TimeSpan[StageCount];
    private readonly TimeSpan[] _wait = new TimeSpan[StageCount];

    /// <summary>Notes a finished stage.</summary>
    public void Record(Stage stage, TimeSpan wait, TimeSpan run)
    {
        _wait[(int)stage] += wait;
        _run[(int)stage] += run;
    }

    /// <summary>The time a stage worked for the job; zero when the job did not pass it.</summary>
    public TimeSpan Run(Stage stage) => _run[(int)stage];

    /// <summary>The time the job waited for a free place in a stage.</summary>
    public TimeSpan Wait(Stage stage) => _wait[(int)stage];
}
