using Prometheus;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Telemetry;

/// <summary>One stage's series, looked up once.</summary>
internal sealed class StageMetrics
{
    private readonly Histogram.Child _run;
    private readonly Histogram.Child _wait;
    private readonly Counter.Child[] _errors;

    public StageMetrics(Stage stage, Histogram run, Histogram wait, Gauge inFlight, Gauge parallelism, Gauge capacity, Counter retries, Counter errors, Gauge circuits)
    {
        var name = WireNames.Of(stage);
        (_run, _wait) = (run.WithLabels(name), wait.WithLabels(name));
        (InFlight, Retries, CircuitOpen) = (inFlight.WithLabels(name), retries.WithLabels(name), circuits.WithLabels(name));
        (Parallelism, Capacity) = (parallelism.WithLabels(name), capacity.WithLabels(name));
        _errors = [.. Enum.GetValues<ErrorCode>().Select(code => errors.WithLabels(name, WireNames.Of(code)))];
    }

    public Gauge.Child InFlight { get; }

    public Gauge.Child Parallelism { get; }

    public Gauge.Child Capacity { get; }

    public Counter.Child Retries { get; }

    public Gauge.Child CircuitOpen { get; }

    public void Observe(TimeSpan wait, TimeSpan run)
    {
        _wait.Observe(wait.TotalSeconds);
        _run.Observe(run.TotalSeconds);
    }

    public void Failed(StageFailure failure) => _errors[(int)failure.Code].Inc();
}
