using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Resilience;

/// <summary>
/// Several engines for one stage: the first that works serves. Each has a circuit of its own, so that one that is down
/// costs no job any time, and an equal share of the stage's time-out. Only an engine's trouble sends a job on to the
/// next; a bad job is bad everywhere. For the stage's own circuit the chain is down when all its engines are.
/// </summary>
/// <typeparam name="TEngine">The stage's port.</typeparam>
public sealed class EngineChain<TEngine> : IDisposable
    where TEngine : class, IEngine
{
    private readonly Stage _stage;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Link[] _links;

    /// <summary>Makes a chain.</summary>
    /// <param name="stage">The stage that the engines serve.</param>
    /// <param name="engines">The engines, the preferred one first.</param>
    /// <param name="options">The stage's time-out, and when a circuit opens.</param>
    /// <param name="metrics">Where circuits and fallbacks are counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble is told.</param>
    public EngineChain(Stage stage, IReadOnlyList<TEngine> engines, IOptions<PipelineOptions> options, PipelineMetrics metrics, TimeProvider time, ILogger<EngineChain<TEngine>> log)
    {
        ArgumentNullException.ThrowIfNull(engines);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(metrics);
        (_stage, _time, _log) = (stage, time, log);
        var share = options.Value.Of(stage).Timeout / engines.Count;
        _links =
        [
            .. engines.Select((engine, i) => new Link(
                stage,
                engine,
                new StageCircuit(stage, engine, options.Value.Circuit, null, metrics.EngineCircuit(stage, engine.Name), time, log),
                i == 0 ? null : metrics.EngineFallbacks(stage, engine.Name), share, time)),
        ];
    }

    /// <summary>The engines' names in their order.</summary>
    public string Name => string.Join(", ", _links.Select(link => link.Engine.Name));

    /// <summary>Has the first engine that works do a piece of work.</summary>
    /// <param name="input">The work.</param>
    /// <param name="work">Has an engine do it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EngineException">The job is bad, or no engine could do it.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an engine throws, the next one may work.")]
    public async ValueTask<TOut> RunAsync<TIn, TOut>(TIn input, Func<TEngine, TIn, CancellationToken, ValueTask<TOut>> work, CancellationToken cancellationToken)
    {
        Exception? passing = null, last = null;
        for (var i = 0; i < _links.Length; i++)
        {
            var link = _links[i];
            try
            {
                var result = await link.Resilience.ExecuteAsync(static (state, token) => state.Link.WorkAsync(state.Work, state.Input, token), (Link: link, Work: work, Input: input), cancellationToken);
                link.Fallbacks?.Inc();
                Activity.Current?.SetTag("voiceworker.engine", link.Engine.Name);
                return result;
            }
            catch (BrokenCircuitException e)
            {
                last = e;
            }
            catch (EngineException e) when (e is { Kind: FailureKind.BadJob, Code: ErrorCode.StageTimeout } && i + 1 < _links.Length)
            {
                // Too much for this engine is not too much for every other.
                passing = last = e;
                Log.EngineFailed(_log, _stage, link.Engine.Name, e.Message, _links[i + 1].Engine.Name);
            }
            catch (Exception e) when (StageCircuit.IsFault(e) && !cancellationToken.IsCancellationRequested)
            {
                last = e;
                if (e is EngineException { Kind: FailureKind.EngineDown })
                    await link.Circuit.OpenAsync(e.Message);
                else
                    passing = e;
                Activity.Current?.AddEvent(new ActivityEvent($"{link.Engine.Name} failed"));
                Log.EngineFailed(_log, _stage, link.Engine.Name, e.Message, i + 1 < _links.Length ? _links[i + 1].Engine.Name : "none");
            }
        }

        // Down only when all are: a passing failure is worth another try.
        if (passing is not null)
            ExceptionDispatchInfo.Throw(passing);
        throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"Processing failed: all engines of {_stage} are down ({Name}).", last);
    }

    /// <summary>Asks every engine. The chain is ready when one is, and its circuit lets jobs through.</summary>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(_links.Select(link => link.Engine.TryCheckAsync(_time, cancellationToken)));
        var detail = string.Join("; ", _links.Zip(states, (link, state) => $"{link.Engine.Name}: {(state.Ready ? "" : "down, ")}{state.Detail}"));
        return _links.Zip(states).Any(link => link.Second.Ready && !link.First.Circuit.IsOpen)
            ? new(true, detail)
            : new(false, detail, string.Join(" ", states.Select(state => state.Remedy).OfType<string>().Distinct()));
    }

    /// <summary>Whether one of the engines passes its test.</summary>
    public async ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken)
    {
        var passes = await Task.WhenAll(_links.Where(link => !link.Circuit.IsOpen).Select(link => link.Engine.PassesTestAsync(cancellationToken).AsTask()));
        return passes.Contains(true);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_links, link => link.Circuit.Dispose());

    private sealed class Link(Stage stage, TEngine engine, StageCircuit circuit, Counter.Child? fallbacks, TimeSpan timeout, TimeProvider time)
    {
        private readonly TimeLimit _limit = new(timeout, time);

        public TEngine Engine => engine;

        public StageCircuit Circuit => circuit;

        /// <summary>What it served instead of others; null for the first engine.</summary>
        public Counter.Child? Fallbacks => fallbacks;

        public ResiliencePipeline Resilience { get; } = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(circuit.Strategy).Build();

        /// <summary>Has the engine work within its share of the stage's time; what an input alone is to blame for is a bad job.</summary>
        public async ValueTask<TOut> WorkAsync<TIn, TOut>(Func<TEngine, TIn, CancellationToken, ValueTask<TOut>> work, TIn input, CancellationToken cancellationToken)
        {
            try
            {
                return await _limit.RunAsync(static (state, token) => state.Work(state.Engine, state.Input, token), (Work: work, Engine: engine, Input: input), cancellationToken);
            }
            catch (Exception e) when (TimeoutVerdict.IsTimeout(e) && !cancellationToken.IsCancellationRequested)
            {
                throw await TimeoutVerdict.OfAsync(e, stage, engine, timeout, time, cancellationToken);
            }
        }
    }
}
