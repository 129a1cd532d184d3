using System.Diagnostics;
using System.Text;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.UnitTests.Pipeline;

namespace VoiceWorker.UnitTests.Telemetry;

public sealed class TracingTests : IDisposable
{
    private readonly SpanRecorder _recorder = new();
    private readonly TestPipeline _pipeline = new();

    public void Dispose()
    {
        _pipeline.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public async Task Job_OfATracedProducer_HasASpanForEachStageUnderItsOwn()
    {
        await RunAsync(_pipeline.AudioJob());

        var job = Assert.Single(_recorder.Spans["job"]);
        Assert.Equal(_recorder.TraceParent, job.ParentId);
        var stages = new[] { "decode", "transcribe", "translate", "synthesize", "encode", "publish", "settle" };
        Assert.All(stages, stage => Assert.Equal(job.SpanId, Assert.Single(_recorder.Spans[stage]).ParentSpanId));
    }

    [Fact]
    public async Task Job_ThatFails_MarksTheStageAndTheOutcome()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "No such pair.");

        await RunAsync(_pipeline.TextJob());

        Assert.Equal((ActivityStatusCode.Error, "No such pair."), (_recorder.Spans["translate"].Single().Status, _recorder.Spans["translate"].Single().StatusDescription));
        Assert.Equal("dead_lettered", _recorder.Spans["job"].Single().GetTagItem("voiceworker.outcome"));
    }

    [Fact]
    public async Task StageSpan_OfTranslate_TellsTheEngineAndTheLengthButNotTheText()
    {
        await RunAsync(_pipeline.TextJob());

        var tags = _recorder.Spans["translate"].Single().TagObjects.ToDictionary();
        Assert.Equal(["voiceworker.engine", "voiceworker.language", "voiceworker.text.length"], tags.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task JobDuration_OfATracedJob_HasItsTraceAsExemplar()
    {
        await RunAsync(_pipeline.TextJob());

        using var text = new MemoryStream();
        await _pipeline.Registry.CollectAndExportAsTextAsync(text, ExpositionFormat.OpenMetricsText, TestContext.Current.CancellationToken);
        Assert.Contains(
            Encoding.UTF8.GetString(text.ToArray()).Split('\n'),
            line => line.StartsWith("voiceworker_job_duration_seconds_bucket", StringComparison.Ordinal) && line.Contains($"trace_id=\"{_recorder.TraceId}\"", StringComparison.Ordinal));
    }

    // The job's span ends after its settlement.
    private async Task RunAsync(VoiceJob job)
    {
        await _pipeline.RunAsync(job with { TraceParent = _recorder.TraceParent });
        await _pipeline.Pipeline.DrainAsync();
    }
}
