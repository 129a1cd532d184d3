using System.Collections.Frozen;
using Prometheus;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Telemetry;

/// <summary>Every metric of the pipeline. Durations are in seconds; all series exist from the start.</summary>
public sealed class PipelineMetrics
{
    /// <summary>Bucket bounds of all latency histograms, in seconds: 5 ms to 600 s.</summary>
    public static readonly double[] LatencyBuckets =
        [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 60, 120, 300, 600];

    private static readonly ErrorCode[] ProducersFaults =
    [
        ErrorCode.InvalidMessage, ErrorCode.NoInput, ErrorCode.InputTooLarge, ErrorCode.UnsupportedAudio, ErrorCode.AudioTooLong,
        ErrorCode.UnsupportedLanguage, ErrorCode.UnsupportedOption, ErrorCode.Cancelled, ErrorCode.ReplyUndeliverable,
    ];

    private readonly FrozenDictionary<string, Histogram.Child> _durations;
    private readonly FrozenDictionary<string, Counter.Child> _jobs;
    private readonly StageMetrics[] _stages;
    private readonly Counter.Child[] _failures;
    private readonly Counter _engineFallbacks;
    private readonly Gauge _engineCircuits;

    /// <summary>Registers the metrics.</summary>
    /// <param name="metrics">The registry to put them in.</param>
    public PipelineMetrics(IMetricFactory metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var latency = new HistogramConfiguration { Buckets = LatencyBuckets };
        var durations = metrics.CreateHistogram("voiceworker_job_duration_seconds", "Time from the delivery of a job to its settlement.", ["input"], latency);
        var jobs = metrics.CreateCounter("voiceworker_jobs_total", "Settled jobs by outcome.", ["outcome"]);
        var failures = metrics.CreateCounter("voiceworker_job_failures_total", "Jobs that ended as dead letters, by the producer's error code and by whose fault it is: the producer's or the worker's.", ["code", "fault"]);
        _failures = [.. Enum.GetValues<ErrorCode>().Select(code => failures.WithLabels(WireNames.Of(code), ProducersFaults.Contains(code) ? "producer" : "worker"))];
        JobsInFlight = metrics.CreateGauge("voiceworker_jobs_in_flight", "Jobs taken from the queue and not yet settled.");
        JobsWaiting = metrics.CreateGauge("voiceworker_jobs_waiting", "Jobs taken from the queue that wait for a place in their first stage.");
        LastProgress = metrics.CreateGauge("voiceworker_last_progress_timestamp_seconds", "When a job last came in, got through a stage or moved on within one, in seconds since the Unix epoch.");
        AudioSeconds = metrics.CreateCounter("voiceworker_audio_seconds_total", "Seconds of audio recognised.");
        RealTimeFactor = metrics.CreateHistogram("voiceworker_transcribe_real_time_factor", "Run time of speech recognition divided by the audio's duration.",
            new HistogramConfiguration { Buckets = [.005, .01, .02, .05, .1, .2, .5, 1, 2, 5] });
        Fallbacks = metrics.CreateCounter("voiceworker_speech_fallbacks_total", "Replies that went out without speech because synthesis had failed.");
        _engineFallbacks = metrics.CreateCounter("voiceworker_engine_fallbacks_total", "Jobs that an engine served because those before it in the chain could not.", ["stage", "engine"]);
        _engineCircuits = metrics.CreateGauge("voiceworker_engine_circuit_open", "1 while an engine of a chain counts as down.", ["stage", "engine"]);

        var run = metrics.CreateHistogram("voiceworker_stage_run_seconds", "Time a stage worked on a job, retries included.", ["stage"], latency);
        var wait = metrics.CreateHistogram("voiceworker_stage_wait_seconds", "Time a job waited for a free place in a stage.", ["stage"], latency);
        var inFlight = metrics.CreateGauge("voiceworker_stage_in_flight", "Jobs a stage works on now.", ["stage"]);
        var parallelism = metrics.CreateGauge("voiceworker_stage_parallelism", "Jobs a stage works on at a time at most.", ["stage"]);
        var capacity = metrics.CreateGauge("voiceworker_stage_capacity", "Jobs a stage holds at most, those that wait included.", ["stage"]);
        var retries = metrics.CreateCounter("voiceworker_stage_retries_total", "Tries repeated within one delivery.", ["stage"]);
        var errors = metrics.CreateCounter("voiceworker_stage_errors_total", "Failures that ended a stage, by the producer's error code.", ["stage", "code"]);
        var circuits = metrics.CreateGauge("voiceworker_stage_circuit_open", "1 while the stage's engine counts as down.", ["stage"]);
        _stages = [.. Enum.GetValues<Stage>().Select(s => new StageMetrics(s, run, wait, inFlight, parallelism, capacity, retries, errors, circuits))];

        _durations = ((string[])["audio", "text", "invalid"]).ToFrozenDictionary(input => input, input => durations.WithLabels(input));
        _jobs = ((string[])["done", "cancelled", "retried", "dead_lettered", "returned", "lost_channel"]).ToFrozenDictionary(outcome => outcome, outcome => jobs.WithLabels(outcome));
        foreach (var child in _durations.Values)
            child.Publish();
        foreach (var child in _jobs.Values)
            child.Publish();
    }

    /// <summary>Jobs that were answered.</summary>
    internal double JobsDone => _jobs["done"].Value;

    internal Gauge JobsInFlight { get; }

    internal Gauge JobsWaiting { get; }

    internal Gauge LastProgress { get; }

    internal Counter AudioSeconds { get; }

    internal Histogram RealTimeFactor { get; }

    internal Counter Fallbacks { get; }

    internal Counter.Child EngineFallbacks(Stage stage, string engine) => _engineFallbacks.WithLabels(WireNames.Of(stage), engine);

    internal Gauge.Child EngineCircuit(Stage stage, string engine) => _engineCircuits.WithLabels(WireNames.Of(stage), engine);

    internal void JobSettled(string outcome, string input, double seconds)
    {
        _jobs[outcome].Inc();
        _durations[input].Observe(seconds);
        JobsInFlight.Dec();
    }

    internal void JobFailed(StageFailure failure) => _failures[(int)failure.Code].Inc();

    internal StageMetrics Of(Stage stage) => _stages[(int)stage];
}
