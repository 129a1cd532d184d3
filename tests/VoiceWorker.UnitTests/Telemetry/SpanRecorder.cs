using System.Collections.Concurrent;
using System.Diagnostics;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.UnitTests.Telemetry;

/// <summary>Collects the worker's spans of one trace, and pretends to be the producer that began it.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == VoiceWorkerTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What the producer puts into its message.</summary>
    public string TraceParent => $"00-{_trace}-00f067aa0ba902b7-01";

    /// <summary>The trace's id, 32 hexadecimal digits.</summary>
    public string TraceId => _trace.ToString();

    /// <summary>The spans that have ended, by name.</summary>
    public ILookup<string, Activity> Spans => _spans.ToLookup(span => span.OperationName);

    public void Dispose() => _listener.Dispose();
}
