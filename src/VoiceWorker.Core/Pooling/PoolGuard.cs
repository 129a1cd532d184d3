namespace VoiceWorker.Core.Pooling;

/// <summary>
/// The switch <c>VoiceWorker.PoolGuard</c> of the runtime's configuration, on in all test projects: returned memory is
/// overwritten, so that whoever still reads it sees rubbish, and memory that is returned a second time is an exception.
/// </summary>
internal static class PoolGuard
{
    /// <summary>Whether it is on.</summary>
    public static readonly bool IsOn = AppContext.TryGetSwitch("VoiceWorker.PoolGuard", out var isOn) && isOn;
}
