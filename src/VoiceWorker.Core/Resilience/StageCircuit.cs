using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Resilience;

/// <summary>
/// A stage's circuit breaker. It opens when too many tries fail, or at once when the engine says that it is down; then
/// the engine itself is asked until it is back, so that no job has to be risked as a probe. While the circuit of a
/// stage that no job can do without is open, the worker takes no jobs.
/// </summary>
internal sealed class StageCircuit : IDisposable
{
    // Polly would let a job through as a probe after this; it is the longest that it takes.
    private static readonly TimeSpan UntilClosedByProbe = TimeSpan.FromDays(1);

    private readonly Stage _stage;
    private readonly IEngine _engine;
    private readonly CircuitOptions _options;
    private readonly IntakeGate? _gate;
    private readonly Gauge.Child _indicator;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationToken _stopped;
    private volatile string? _reason;
    private bool _open;

    /// <param name="stage">Whose circuit.</param>
    /// <param name="engine">Whom to ask.</param>
    /// <param name="options">When it opens, how often to ask.</param>
    /// <param name="gate">What to shut while it is open; null when jobs can go on without the stage.</param>
    /// <param name="indicator">1 while it is open.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The pipeline's log.</param>
    public StageCircuit(Stage stage, IEngine engine, CircuitOptions options, IntakeGate? gate, Gauge.Child indicator, TimeProvider time, ILogger log)
    {
        (_stage, _engine, _options, _gate, _indicator, _time, _log) = (stage, engine, options, gate, indicator, time, log);
        _stopped = _disposed.Token;
        Strategy = new()
        {
            FailureRatio = options.FailureRatio,
            MinimumThroughput = options.MinimumThroughput,
            SamplingDuration = options.SamplingDuration,
            BreakDuration = UntilClosedByProbe,
            ManualControl = _control,
            ShouldHandle = static arguments => ValueTask.FromResult(IsFault(arguments.Outcome.Exception)),
            OnOpened = Opened,
            OnClosed = Closed,
        };
    }

    /// <summary>What goes into the stage's resilience pipeline.</summary>
    public CircuitBreakerStrategyOptions Strategy { get; }

    /// <summary>The engine behind it.</summary>
    public IEngine Engine => _engine;

    /// <summary>Whether jobs are kept from the engine.</summary>
    public bool IsOpen => Volatile.Read(ref _open);

    /// <summary>Opens the circuit: the engine said that it is down.</summary>
    /// <param name="reason">Its words, for the log.</param>
    public Task OpenAsync(string reason)
    {
        _reason = reason;
        return _control.IsolateAsync();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    /// <summary>Whether an exception speaks against the engine, not against the job.</summary>
    internal static bool IsFault(Exception? exception) => exception switch
    {
        null or OperationCanceledException or ReplyUndeliverableException => false,
        EngineException engine => engine.Kind != FailureKind.BadJob,
        _ => true,
    };

    private ValueTask Opened(OnCircuitOpenedArguments<object> arguments)
    {
        // Several jobs may report the same outage.
        if (Interlocked.Exchange(ref _open, true))
            return ValueTask.CompletedTask;
        _gate?.Shut(this);
        _indicator.Set(1);
        Log.CircuitOpened(_log, _stage, _engine.Name, arguments.IsManual ? _reason : arguments.Outcome.Exception?.Message);
        _ = ProbeAsync();
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed(OnCircuitClosedArguments<object> arguments)
    {
        if (!Interlocked.Exchange(ref _open, false))
            return ValueTask.CompletedTask;
        _gate?.Reopen(this);
        _indicator.Set(0);
        Log.CircuitClosed(_log, _stage, _engine.Name);
        return ValueTask.CompletedTask;
    }

    // Ends with the circuit closed or with the worker, whatever happens: nobody else would ever ask again.
    private async Task ProbeAsync()
    {
        try
        {
            do
                await Task.Delay(_options.ProbeInterval, _time, _stopped);
            while (!await TryCloseAsync());
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            Log.CircuitProbed(_log, _engine.Name, false, "The worker stops.");
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A probe that fails is followed by another.")]
    private async Task<bool> TryCloseAsync()
    {
        try
        {
            var status = await _engine.TryCheckAsync(_time, _stopped);
            Log.CircuitProbed(_log, _engine.Name, status.Ready, status.Detail);
            if (status.Ready)
                await _control.CloseAsync(_stopped);
            return status.Ready;
        }
        catch (Exception e) when (!_stopped.IsCancellationRequested)
        {
            Log.ProbeFailed(_log, _engine.Name, e);
            return false;
        }
    }
}
