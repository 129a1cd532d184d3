namespace VoiceWorker.Core.Pipeline;

/// <summary>A try took longer than it may.</summary>
/// <param name="limit">How long it may take.</param>
/// <param name="innerException">How it ended when it was told so.</param>
internal sealed class TimeLimitException(TimeSpan limit, Exception innerException)
    : Exception(FormattableString.Invariant($"It took longer than {limit.TotalSeconds:0.###} s."), innerException)
{
    /// <summary>How long it may take.</summary>
    public TimeSpan Limit => limit;
}
