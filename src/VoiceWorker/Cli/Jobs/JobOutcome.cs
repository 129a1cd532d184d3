using VoiceWorker.Client;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>How a job of this command ended.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Reply">The last reply, its audio taken out; null when none came.</param>
/// <param name="Elapsed">From sending the job to its last reply.</param>
/// <param name="AudioFiles">The files that the reply's speech went to.</param>
/// <param name="Failure">Why the command is not through with the job; null when it is.</param>
internal sealed record JobOutcome(string Name, ReplyMessage? Reply, TimeSpan Elapsed, IReadOnlyList<string> AudioFiles, string? Failure = null)
{
    /// <summary>Whether the job was translated.</summary>
    public bool Succeeded => Failure is null && Reply is { IsTranslation: true };

    /// <summary>What a successful job's reply says; null for any other.</summary>
    public ReplyData? Translated => Succeeded ? Reply!.Data : null;

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Problem => Failure ?? Reply switch
    {
        null => $"no reply within {Elapsed.TotalSeconds:0.#} s",
        { IsTranslation: true } => null,
        _ => $"{Reply.Message} ({Reply.Code} in {Reply.Stage})",
    };
}
