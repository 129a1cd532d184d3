namespace VoiceWorker.WhisperNet;

/// <summary>
/// Bounds whisper.cpp's temperature fallback. It decodes a bad window again at t, 2t, 3t, ... up to 1.0 and has no
/// limit on the number of steps, so the limit has to be put into the step.
/// </summary>
public static class TemperatureLadder
{
    // whisper.cpp climbs while t < 1.0 + 1e-6, adding in single precision.
    private const float Top = 1.00001f;

    /// <summary>The smallest step, not below the wanted one, that leaves room for so many fallbacks at most.</summary>
    /// <param name="wanted">The wanted step, above 0.</param>
    /// <param name="maxFallbacks">The most fallbacks; 0 for none.</param>
    /// <returns>The step for whisper.cpp's <c>temperature_inc</c>; 0 turns the fallback off.</returns>
    public static float Step(float wanted, int maxFallbacks) =>
        maxFallbacks == 0 ? 0 : Math.Max(wanted, Top / (maxFallbacks + 1));
}
