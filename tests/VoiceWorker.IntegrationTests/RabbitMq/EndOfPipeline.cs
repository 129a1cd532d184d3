using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>The real pipeline, in which written jobs are translated to capital letters or fail as a test says.</summary>
internal sealed class EndOfPipeline : IAudioDecoder, ISpeechRecognizer, ITranslator, ISpeechSynthesizer, IAudioEncoder, IDisposable
{
    private readonly ConcurrentDictionary<string, StageFailure?> _failures = new();
    private readonly VoicePipeline _pipeline;

    public EndOfPipeline()
    {
        var options = new PipelineOptions();
        options.Translate.Retries = 0;
        options.Circuit.MinimumThroughput = 10_000;
        options.Admission.FairBySender = false;
        options.EarlyRefusal.Enabled = false;
        var metrics = new PipelineMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        _pipeline = new(this, this, this, this, this, Options.Create(options), metrics, new Heartbeat(TimeProvider.System, metrics), TimeProvider.System, NullLogger<VoicePipeline>.Instance);
    }

    public string Name => "test";

    /// <summary>Runs a job to its end: the delivery is settled and disposed.</summary>
    public async Task RunAsync(VoiceJob job, IDelivery delivery, StageFailure? failure)
    {
        var watched = new WatchedDelivery(delivery);
        // A beginning of its own, by which the translator knows the text; a job that cannot be read fails by itself.
        var id = $"{Guid.NewGuid():n}";
        var text = $"{id}{(job.Input as TextInput)?.Text ?? "audio"}";
        _failures[id] = failure;
        var written = job.Input is InvalidInput ? job : job with { Input = new TextInput(text), ReplyFormat = AudioFormat.None };
        if (!await _pipeline.SendAsync(written, watched))
            throw new InvalidOperationException("The pipeline takes no jobs.");
        await watched.Disposed;
        _failures.TryRemove(id, out _);
    }

    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => new(new EngineStatus(true, ""));

    public ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken) => _failures[text[..32]] is { } failure
        ? throw new EngineException(failure.Kind, failure.Code, failure.Message)
        : new(new TranslatedText(text[32..].ToUpperInvariant(), sourceLanguage ?? "en"));

    public TimeSpan EstimateDuration(AudioInput audio) => throw new NotSupportedException();

    public ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() => _pipeline.Dispose();

    private sealed class WatchedDelivery(IDelivery delivery) : IDelivery
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => _disposed.Task;

        public bool HasRetriesLeft => delivery.HasRetriesLeft;

        public ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken) =>
            delivery.ReplyAsync(reply is TranslationReply done ? done with { Translation = done.Translation with { Source = done.Translation.Source with { Text = done.Translation.Source.Text[32..] } } } : reply, cancellationToken);

        public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => delivery.CheckRequesterAsync(cancellationToken);

        public ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken) => delivery.SettleAsync(settlement, cancellationToken);

        public void AbandonMemory() => delivery.AbandonMemory();

        public void Dispose()
        {
            delivery.Dispose();
            _disposed.SetResult();
        }
    }
}
