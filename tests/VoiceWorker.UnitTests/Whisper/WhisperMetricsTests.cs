using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class WhisperMetricsTests : IHeartbeat
{
    private int _beats;

    void IHeartbeat.Beat() => _beats++;

    [Fact]
    public void Meter_EveryWindowAndEveryStep_BeatsTheHeart()
    {
        var meter = new WhisperMetrics(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()), this);

        meter.Encoded(TimeSpan.FromSeconds(1));
        meter.Stepped(3, TimeSpan.FromMilliseconds(1));

        Assert.Equal(2, _beats);
    }
}
