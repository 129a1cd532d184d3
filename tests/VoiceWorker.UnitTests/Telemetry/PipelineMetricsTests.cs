using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.UnitTests.Pipeline;

namespace VoiceWorker.UnitTests.Telemetry;

public sealed class PipelineMetricsTests : IDisposable
{
    private readonly TestPipeline _pipeline = new(options => options.Translate.Parallelism = 3);

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Failure_OfABadJob_IsTheProducersFault()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "No such pair.");

        await RunAsync();

        await HasAsync("voiceworker_job_failures_total{code=\"unsupported_language\",fault=\"producer\"} 1");
    }

    [Fact]
    public async Task Failure_OfAnEngine_IsTheWorkersFault()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.BadJob(ErrorCode.TranslationFailed, "It broke.");

        await RunAsync();

        await HasAsync("voiceworker_job_failures_total{code=\"translation_failed\",fault=\"worker\"} 1");
    }

    [Fact]
    public async Task Parallelism_OfAStage_IsTheConfiguredOne() =>
        await HasAsync("voiceworker_stage_parallelism{stage=\"translate\"} 3");

    [Fact]
    public async Task LastProgress_BeforeAnyJob_IsTheStart()
    {
        var line = (await _pipeline.MetricsAsync()).Split('\n').Single(line => line.StartsWith("voiceworker_last_progress_timestamp_seconds ", StringComparison.Ordinal));

        Assert.NotEqual("voiceworker_last_progress_timestamp_seconds 0", line);
    }

    private async Task RunAsync()
    {
        await _pipeline.RunAsync(_pipeline.TextJob());
        await _pipeline.Pipeline.DrainAsync();
    }

    private async Task HasAsync(string series) => Assert.Contains(series, (await _pipeline.MetricsAsync()).Split('\n'));
}
