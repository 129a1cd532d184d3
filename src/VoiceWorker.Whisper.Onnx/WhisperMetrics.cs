using Prometheus;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>What the engine counts.</summary>
/// <param name="metrics">Where the figures go.</param>
/// <param name="heartbeat">Beats with every window and every step; null for nobody.</param>
internal sealed class WhisperMetrics(IMetricFactory metrics, IHeartbeat? heartbeat = null) : ISchedulerMeter
{
    private readonly Histogram _encode = metrics.CreateHistogram(
        "voiceworker_stt_encode_seconds", "Time to encode one window of sound.",
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 12) });

    private readonly Histogram _step = metrics.CreateHistogram(
        "voiceworker_stt_step_seconds", "Time of one decoder step, which reads the next token of every text in the batch.",
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0005, 2, 12) });

    private readonly Histogram _batch = metrics.CreateHistogram(
        "voiceworker_stt_batch_texts", "Texts in one decoder step.",
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(1, 2, 9) });

    private readonly Counter _tokens = metrics.CreateCounter("voiceworker_stt_tokens_total", "Tokens written.");

    private readonly Counter _fallbacks = metrics.CreateCounter("voiceworker_stt_fallbacks_total", "Windows written again because the text was improbable or repeated itself.");

    private readonly Counter _silence = metrics.CreateCounter("voiceworker_stt_silent_windows_total", "Windows taken for silence, before or after the network saw them.");

    /// <inheritdoc/>
    public void Encoded(TimeSpan time)
    {
        _encode.Observe(time.TotalSeconds);
        heartbeat?.Beat();
    }

    /// <inheritdoc/>
    public void Stepped(int texts, TimeSpan time)
    {
        _batch.Observe(texts);
        _tokens.Inc(texts);
        _step.Observe(time.TotalSeconds);
        heartbeat?.Beat();
    }

    /// <summary>A window is written again.</summary>
    public void Fallback() => _fallbacks.Inc();

    /// <summary>Windows hold no speech.</summary>
    public void SilentWindows(int count) => _silence.Inc(count);
}
