using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Admission;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// Runs one stage for one job after another: deadline, time-out, retry, metrics, trace span and log around the stage's
/// work. It is the pipeline's only catch-all: whatever the stage throws becomes a <see cref="StageFailure"/>, so that no
/// block ever faults and no job ever vanishes.
/// </summary>
internal sealed class StageRunner<TIn, TOut>
    where TOut : class
{
    // An engine that ignores its cancellation for this long is given up: the job goes on without it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IStage<TIn, TOut> _stage;
    private readonly StageMetrics _metrics;
    private readonly Heartbeat _heartbeat;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ResiliencePipeline _resilience;
    private readonly TimeLimit? _limit;
    private readonly StageCircuit? _circuit;
    private readonly Forecast? _forecast;

    /// <param name="stage">The work.</param>
    /// <param name="options">
    /// Time-out and retries; null for publish and settle, where the transport has its own: a second clock would have work done
    /// again that waits for the broker.
    /// </param>
    /// <param name="metrics">Where the stage's figures go.</param>
    /// <param name="heartbeat">Beats with every job that gets through, and with every further try.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The stage's log.</param>
    /// <param name="circuit">
    /// The engine's circuit breaker. Publish and settle have none, and neither the job's deadline nor the worker's stop
    /// ends them: an answer is owed in any case.
    /// </param>
    /// <param name="forecast">What refuses jobs early; null for a stage that refuses none.</param>
    public StageRunner(IStage<TIn, TOut> stage, StageOptions? options, StageMetrics metrics, Heartbeat heartbeat, TimeProvider time, ILogger log, StageCircuit? circuit = null, Forecast? forecast = null)
    {
        (_stage, _metrics, _heartbeat, _time, _log, _circuit, _forecast) = (stage, metrics, heartbeat, time, log, circuit, forecast);
        var resilience = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options?.Retries > 0)
            resilience.AddRetry(RetryOptions(options));
        if (circuit is not null)
            resilience.AddCircuitBreaker(circuit.Strategy);
        _resilience = resilience.Build();
        _limit = options is null ? null : new(options.Timeout, time);
    }

    /// <summary>Runs the stage; never throws.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The pipeline's one catch-all: a block that throws loses its items.")]
    public async Task<Envelope<TOut>> RunAsync(JobContext context, TIn input)
    {
        var started = _time.GetTimestamp();
        var wait = _time.GetElapsedTime(context.QueuedAt, started);
        using var span = VoiceWorkerTracing.StartStage(_stage.Stage, context, _circuit?.Engine.Name);
        _metrics.InFlight.Inc();
        Envelope<TOut> result;
        try
        {
            var token = _circuit is not null ? context.Aborted : CancellationToken.None;
            token.ThrowIfCancellationRequested();
            if (_forecast?.Refusal(_stage.Stage, input, context.Job) is { } refusal)
                throw EngineException.BadJob(ErrorCode.DeadlineExceeded, refusal);
            if (_circuit is not null)
                await context.Delivery.CheckRequesterAsync(token);
            result = new(context, await _resilience.ExecuteAsync(
                static (job, token) => job.Runner._limit is { } limit ? job.Runner.LimitedAsync(limit, job, token) : AttemptAsync(job, token), (Runner: this, Context: context, Input: input), token));
            _forecast?.Observe(_stage.Stage, input, _time.GetElapsedTime(started));
            VoiceWorkerTracing.Describe(span, result.Payload);
        }
        catch (Exception e)
        {
            if (e is EngineAbandonedException)
                context.AbandonMemory();
            var failure = FailureOf(e, context);
            if (_circuit is not null && e is EngineException { Kind: FailureKind.EngineDown })
                await _circuit.OpenAsync(failure.Message);
            _metrics.Failed(failure);
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            Log.StageFailed(_log, failure.Stage, context.Job.MessageId, failure.Kind, failure.Code, failure.Message, failure.Code == ErrorCode.Internal ? e : null);
            result = TryFallback(context, input, failure) is { } less ? new(context, less) : new(context, failure);
        }

        Release(context, input);
        context.QueuedAt = _heartbeat.Beat();
        var run = _time.GetElapsedTime(started, context.QueuedAt);
        context.Timings.Record(_stage.Stage, wait, run);
        _metrics.Observe(wait, run);
        _metrics.InFlight.Dec();
        return result;
    }

    private async ValueTask<TOut> LimitedAsync(TimeLimit limit, (StageRunner<TIn, TOut> Runner, JobContext Context, TIn Input) job, CancellationToken cancellationToken)
    {
        try
        {
            return await limit.RunAsync(AttemptAsync, job, cancellationToken);
        }
        catch (Exception e) when (_circuit is not null && TimeoutVerdict.IsTimeout(e) && !cancellationToken.IsCancellationRequested)
        {
            throw await TimeoutVerdict.OfAsync(e, _stage.Stage, _circuit.Engine, limit.Time, _time, cancellationToken);
        }
    }

    private static ValueTask<TOut> AttemptAsync((StageRunner<TIn, TOut> Runner, JobContext Context, TIn Input) job, CancellationToken cancellationToken)
    {
        var work = job.Runner._stage.RunAsync(job.Context, job.Input, cancellationToken);
        return work.IsCompleted ? work : job.Runner.UnlessAbandonedAsync(work.AsTask(), cancellationToken);
    }

    private async ValueTask<TOut> UnlessAbandonedAsync(Task<TOut> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(Grace, _time, CancellationToken.None));
            return work.IsCompleted ? await work : throw new EngineAbandonedException(_stage.Stage, Grace);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A fallback that fails leaves the failure that it was for.")]
    private TOut? TryFallback(JobContext context, TIn input, StageFailure failure)
    {
        try
        {
            return CanDoWithout(failure) && _stage is IFallbackStage<TIn, TOut> stage ? stage.Fallback(context, input, failure) : null;
        }
        catch (Exception e)
        {
            Log.StageDefect(_log, _stage.Stage, context.Job.MessageId, "fallback", e);
            return null;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What a stage no longer needs cannot cost the job its answer.")]
    private void Release(JobContext context, TIn input)
    {
        try
        {
            context.Release(input);
        }
        catch (Exception e)
        {
            Log.StageDefect(_log, _stage.Stage, context.Job.MessageId, "release of its input", e);
        }
    }

    private StageFailure FailureOf(Exception e, JobContext context) => e switch
    {
        // In this order: an engine that was told to stop may answer with any exception.
        _ when _circuit is not null && context.AbortFailure(_stage.Stage) is { } aborted => aborted,
        EngineException engine => Failure(engine.Kind, engine.Code, engine.Message),
        ReplyUndeliverableException => Failure(FailureKind.BadJob, ErrorCode.ReplyUndeliverable, e.Message),
        TimeoutRejectedException timeout => Failure(FailureKind.Transient, ErrorCode.StageTimeout, $"Processing failed: {_stage.Stage} took longer than {timeout.Timeout.TotalSeconds:0.###} s."),
        BrokenCircuitException => Failure(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"Processing failed: the engine of {_stage.Stage} is down."),
        EngineAbandonedException => Failure(FailureKind.Transient, ErrorCode.StageTimeout, $"Processing failed: {e.Message}"),
        _ => Failure(FailureKind.Transient, ErrorCode.Internal, $"Processing failed: unexpected {e.GetType().Name} in {_stage.Stage}."),
    };

    private static bool CanDoWithout(StageFailure failure) =>
        failure.Kind is not (FailureKind.Stopping or FailureKind.Cancelled) && failure.Code is not (ErrorCode.DeadlineExceeded or ErrorCode.ReplyUndeliverable);

    private StageFailure Failure(FailureKind kind, ErrorCode code, string message) => new(_stage.Stage, kind, code, message);

    private RetryStrategyOptions RetryOptions(StageOptions options) => new()
    {
        MaxRetryAttempts = options.Retries,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
        {
            EngineAbandonedException or BrokenCircuitException or EngineException { Kind: FailureKind.EngineDown } => false,
            var e => StageCircuit.IsFault(e),
        }),
        OnRetry = arguments =>
        {
            _metrics.Retries.Inc();
            _heartbeat.Beat();
            Activity.Current?.AddEvent(new ActivityEvent("retry"));
            Log.StageRetries(_log, _stage.Stage, arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception?.Message);
            return ValueTask.CompletedTask;
        },
    };
}
