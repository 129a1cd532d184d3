using VoiceWorker.WhisperNet;

namespace VoiceWorker.UnitTests.WhisperNet;

public sealed class TemperatureLadderTests
{
    [Theory]
    [InlineData(0.2f, 5)]
    [InlineData(0.2f, 2)]
    [InlineData(0.2f, 1)]
    [InlineData(0.05f, 10)]
    [InlineData(1f, 3)]
    public void Step_AnyLimit_LeavesNoMoreFallbacks(float wanted, int maxFallbacks)
    {
        var step = TemperatureLadder.Step(wanted, maxFallbacks);

        Assert.True(step >= wanted);
        Assert.InRange(Fallbacks(step), 1, maxFallbacks);
    }

    [Fact]
    public void Step_LimitAboveWhatTheStepNeeds_KeepsTheStep() => Assert.Equal(0.2f, TemperatureLadder.Step(0.2f, 5));

    [Fact]
    public void Step_NoFallbacks_TurnsThemOff() => Assert.Equal(0f, TemperatureLadder.Step(0.2f, 0));

    // whisper.cpp's loop in whisper_full_with_state, less its first, cold pass.
    private static int Fallbacks(float step)
    {
        var count = 0;
        for (var temperature = 0f; temperature < 1f + 1e-6f; temperature += step)
            count++;
        return count - 1;
    }
}
