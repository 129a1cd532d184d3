using System.Diagnostics;
using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Admission;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.Core.Stages;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// The pipeline. A spoken job passes decode, transcribe, translate, synthesize, encode, publish and settle; a written one
/// starts at translate; a failed one goes from where it failed straight to publish. Every block has its own
/// parallelism and bound, so a full pipeline stops taking jobs instead of growing.
/// </summary>
public sealed class VoicePipeline : IJobSink, IDisposable
{
    private readonly PipelineOptions _options;
    private readonly PipelineMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly JobsInPipeline _inFlight = new();
    private readonly Cancellations _cancelled;
    private readonly SpokenLength _length;
    private readonly AdmissionQueue<AudioInput> _audioQueue;
    private readonly AdmissionQueue<Transcript> _textQueue;
    private readonly Heartbeat _heartbeat;
    private readonly Forecast _forecast;
    private readonly IntakeGate _gate = new();
    private readonly List<StageCircuit> _circuits = [];
    private readonly List<string> _links = [];

    private readonly TransformBlock<Envelope<AudioInput>, Envelope<DecodedAudio>> _decode;
    private readonly TransformBlock<Envelope<DecodedAudio>, Envelope<Transcript>> _transcribe;
    private readonly TransformBlock<Envelope<Transcript>, Envelope<Translation>> _translate;
    private readonly TransformBlock<Envelope<Translation>, Envelope<SpokenTranslation>> _synthesize;
    private readonly TransformBlock<Envelope<SpokenTranslation>, Envelope<TranslationReply>> _encode;
    private readonly TransformBlock<Envelope, Envelope<Settlement>> _publish;
    private readonly ActionBlock<Envelope<Settlement>> _settle;

    /// <summary>Builds the pipeline; it is ready for jobs at once.</summary>
    public VoicePipeline(
        IAudioDecoder decoder, ISpeechRecognizer recognizer, ITranslator translator, ISpeechSynthesizer synthesizer, IAudioEncoder encoder,
        IOptions<PipelineOptions> options, PipelineMetrics metrics, Heartbeat heartbeat, TimeProvider time, ILogger<VoicePipeline> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(heartbeat);
        (_options, _metrics, _heartbeat, _time, _log, _length) = (options.Value, metrics, heartbeat, time, log, new(decoder, log));
        _heartbeat.Beat();
        _forecast = new(_options.EarlyRefusal, QueuedBefore, time);
        _cancelled = new(_options.CancelMemory, time);

        _decode = Block(new DecodeStage(decoder), decoder, _options.Decode);
        _transcribe = Block(new TranscribeStage(recognizer, metrics, time), recognizer, _options.Transcribe, endsAdmission: true);
        _translate = Block(new TranslateStage(translator), translator, _options.Translate, endsAdmission: true);
        _synthesize = Block(new SynthesizeStage(synthesizer, metrics), synthesizer, _options.Synthesize);
        _encode = Block(new EncodeStage(encoder, metrics), encoder, _options.Encode);

        var publish = Runner(new PublishStage(encoder), _options.Publish);
        _publish = new(job => publish.RunAsync(job.Context, job), Execution(_options.Publish));
        var settle = Runner(new SettleStage(), _options.Settle);
        _settle = new(job => SettleAsync(settle, job), Execution(_options.Settle));

        _audioQueue = new(Admission(_options.Decode.Parallelism + _options.Transcribe.Parallelism, _options.Transcribe.Parallelism), _decode, _publish, metrics);
        _textQueue = new(Admission(_options.Translate.Capacity, _options.Translate.Parallelism), _translate, _publish, metrics);

        Link(_decode, Stage.Decode, _transcribe, Stage.Transcribe);
        Link(_transcribe, Stage.Transcribe, _translate, Stage.Translate);
        Link(_translate, Stage.Translate, _synthesize, Stage.Synthesize);
        Link(_synthesize, Stage.Synthesize, _encode, Stage.Encode);
        _encode.LinkTo(_publish);
        _publish.LinkTo(_settle);
        _links.AddRange(["encode -> publish", "publish -> settle"]);
    }

    /// <summary>How many jobs fit into the stages up to encode; what is beyond belongs in the queue, where other workers reach it.</summary>
    public int Capacity => _options.Decode.Capacity + _options.Transcribe.Capacity + _options.Translate.Capacity
        + _options.Synthesize.Capacity + _options.Encode.Capacity;

    /// <inheritdoc/>
    public int JobsInFlight => _inFlight.Count;

    /// <summary>How long ago a job last came in, got through a stage or moved on within one.</summary>
    public TimeSpan TimeSinceProgress => _heartbeat.Since;

    /// <summary>The links between the blocks, one a line, for the reader of a log and for the test that guards the shape.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <inheritdoc/>
    public async ValueTask<bool> SendAsync(VoiceJob job, IDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (_gate.IsPaused)
            return false;
        var context = new JobContext(job, delivery, _time);
        if (!_inFlight.TryEnter(context))
        {
            context.Dispose();
            return false;
        }

        _metrics.JobsInFlight.Inc();
        _heartbeat.Beat();
        if (_cancelled.Contains(job))
            context.Cancel();
        return await (job.Input switch
        {
            AudioInput audio => _audioQueue.EnterAsync(context, audio, _length.Of(audio)),
            TextInput text => _textQueue.EnterAsync(context, new(text.Text, job.SourceLanguage, []), SpokenLength.Of(text.Text)),
            InvalidInput invalid => new(_publish.SendAsync(new Envelope<TranslationReply>(context, invalid.Failure))),
            _ => throw new ArgumentException($"Unknown input {job.Input.GetType().Name}.", nameof(job)),
        });
    }

    /// <inheritdoc/>
    public void Cancel(Cancellation cancellation)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        _cancelled.Add(cancellation);
        var (meant, others) = _inFlight.Find(cancellation);
        Log.CancelAsked(_log, cancellation.MessageId, meant.Length);
        if (others > 0)
            Log.CancelOfAnother(_log, cancellation.MessageId);
        foreach (var context in meant)
            context.Cancel();
    }

    /// <inheritdoc/>
    public async Task DrainAsync()
    {
        var idle = _inFlight.Close();
        _audioQueue.Close();
        _textQueue.Close();
        Log.Draining(_log, _inFlight.Count, _options.DrainTimeout);
        if (!await EndsWithinAsync(idle, _options.DrainTimeout * 0.75))
        {
            Log.DrainForced(_log, _inFlight.Count);
            foreach (var context in _inFlight.All())
                context.Stop();
            if (!await EndsWithinAsync(idle, _options.DrainTimeout * 0.25))
                Log.DrainIncomplete(_log, _inFlight.Count);
        }
    }

    /// <inheritdoc/>
    public Task Paused => _gate.Paused;

    /// <inheritdoc/>
    public Task Resumed => _gate.Open;

    /// <inheritdoc/>
    public void Dispose()
    {
        // A container that knows the pipeline under two names disposes it twice.
        _circuits.ForEach(circuit => circuit.Dispose());
        _circuits.Clear();
    }

    private TransformBlock<Envelope<TIn>, Envelope<TOut>> Block<TIn, TOut>(IStage<TIn, TOut> stage, IEngine engine, StageOptions options, bool endsAdmission = false)
        where TOut : class
    {
        var gate = stage is IFallbackStage<TIn, TOut> ? null : _gate;
        var circuit = new StageCircuit(stage.Stage, engine, _options.Circuit, gate, _metrics.Of(stage.Stage).CircuitOpen, _time, _log);
        _circuits.Add(circuit);
        var runner = Runner(stage, options, options, circuit, _forecast);
        return new(RunAsync, Execution(options));

        async Task<Envelope<TOut>> RunAsync(Envelope<TIn> job)
        {
            var result = await runner.RunAsync(job.Context, job.Payload);
            if (endsAdmission || result.Failed)
                job.Context.LeaveAdmission(result);
            return result;
        }
    }

    private AdmissionOrder Admission(int places, int ofStage) =>
        new(places, Math.Max(1, (int)(ofStage * _options.Admission.LongShare)), _options.Admission);

    private StageRunner<TIn, TOut> Runner<TIn, TOut>(IStage<TIn, TOut> stage, BlockOptions options, StageOptions? limits = null, StageCircuit? circuit = null, Forecast? forecast = null)
        where TOut : class
    {
        var metrics = _metrics.Of(stage.Stage);
        metrics.Parallelism.Set(options.Parallelism);
        metrics.Capacity.Set(options.Capacity);
        return new(stage, limits, metrics, _heartbeat, _time, _log, circuit, forecast);
    }

    private double QueuedBefore(Stage stage) => stage switch
    {
        Stage.Translate => _translate.InputCount / (double)_options.Translate.Parallelism,
        Stage.Synthesize => _synthesize.InputCount / (double)_options.Synthesize.Parallelism,
        Stage.Encode => _encode.InputCount / (double)_options.Encode.Parallelism,
        _ => 0,
    };

    // EnsureOrdered would make every job wait for the slowest one before it.
    private static ExecutionDataflowBlockOptions Execution(BlockOptions options) =>
        new() { MaxDegreeOfParallelism = options.Parallelism, BoundedCapacity = options.Capacity, EnsureOrdered = false };

    private void Link<T>(ISourceBlock<Envelope<T>> source, Stage from, ITargetBlock<Envelope<T>> next, Stage to)
    {
        source.LinkTo(next, job => !job.Failed);
        source.LinkTo(_publish, job => job.Failed);
        _links.AddRange([$"{WireNames.Of(from)} -> {WireNames.Of(to)}", $"{WireNames.Of(from)} -> publish (failed)"]);
    }

    private async Task SettleAsync(StageRunner<Settlement, Settlement> runner, Envelope<Settlement> job)
    {
        var context = job.Context;
        // Blocks run outside of the job's trace; the exemplar and the log line below belong to it.
        Activity.Current = context.Activity;
        var settled = await runner.RunAsync(context, job.Failed ? PublishStage.Unpublished(job.Failure, context.Delivery) : job.Payload);
        var outcome = settled.Failed ? "lost_channel" : WireNames.Of(settled.Payload);
        var elapsed = _time.GetElapsedTime(context.ReceivedAt).TotalSeconds;
        _metrics.JobSettled(outcome, InputKind(context.Job.Input), elapsed);
        if (settled is { Failed: false, Payload: Settlement.DeadLetter { Failure: var failure } })
            _metrics.JobFailed(failure);
        context.Activity?.SetTag("voiceworker.outcome", outcome);
        Log.JobSettled(_log, context.Job.MessageId, outcome, elapsed);
        context.Delivery.Dispose();
        context.Dispose();
        _inFlight.Leave(context);
    }

    private static string InputKind(JobInput input) => input switch { AudioInput => "audio", TextInput => "text", _ => "invalid" };

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
