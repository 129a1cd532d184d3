using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class SampleCheckTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ThrowIfNotFinite_OneBadSample_IsABadJobThatNamesIt(float bad)
    {
        float[] samples = [0, 0.5f, bad, 0];

        var error = Assert.Throws<EngineException>(() => SampleCheck.ThrowIfNotFinite(samples));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (error.Kind, error.Code));
        Assert.StartsWith("sample 2 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfNotFinite_ExtremeButFinite_Passes() => SampleCheck.ThrowIfNotFinite([float.MinValue, float.Epsilon, float.MaxValue]);
}
