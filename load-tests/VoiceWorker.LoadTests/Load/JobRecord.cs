namespace VoiceWorker.LoadTests.Load;

/// <summary>What became of one job.</summary>
internal sealed class JobRecord
{
    /// <summary>When it was to be sent, in seconds from the beginning.</summary>
    public double Intended { get; set; }

    /// <summary>When its first reply came; 0 while there is none.</summary>
    public double Answered { get; set; }

    /// <summary>How many replies came; more than one is one too many.</summary>
    public int Replies { get; set; }

    /// <summary>Whether the reply was a translation.</summary>
    public bool Succeeded { get; set; }

    /// <summary>Seconds that each stage of <see cref="ReplyTimes.Stages"/> worked on it.</summary>
    public double[] StageSeconds { get; set; } = [];

    /// <summary>From the moment at which it was to be sent to its reply, in seconds: a late sender makes it longer, not shorter.</summary>
    public double Latency => Answered - Intended;

    /// <summary>What of the latency no stage accounts for, in seconds: broker, pipeline, waiting.</summary>
    public double Overhead => Latency - StageSeconds.Sum();
}
