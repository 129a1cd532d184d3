using Microsoft.Extensions.Internal;

namespace VoiceWorker.Engines.Translation;

/// <summary>Gives a memory cache the time of a <see cref="TimeProvider"/>.</summary>
internal sealed class MemoryCacheClock(TimeProvider time) : ISystemClock
{
    /// <inheritdoc/>
    public DateTimeOffset UtcNow => time.GetUtcNow();
}
