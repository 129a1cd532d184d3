using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.LoadTests.Engines;

/// <summary>Decode, transcribe, translate, synthesize, encode: one after the other, as a handler without a pipeline does them.</summary>
/// <param name="engines">Where the engines are.</param>
/// <param name="pool">How many engine calls may run at a time, over all jobs; null for as many as there are.</param>
internal sealed class FiveSteps(IServiceProvider engines, int? pool) : IDisposable
{
    private readonly IAudioDecoder _decoder = engines.GetRequiredService<IAudioDecoder>();
    private readonly ISpeechRecognizer _recognizer = engines.GetRequiredService<ISpeechRecognizer>();
    private readonly ITranslator _translator = engines.GetRequiredService<ITranslator>();
    private readonly ISpeechSynthesizer _synthesizer = engines.GetRequiredService<ISpeechSynthesizer>();
    private readonly IAudioEncoder _encoder = engines.GetRequiredService<IAudioEncoder>();
    private readonly SemaphoreSlim _pool = new(pool ?? int.MaxValue);

    /// <summary>Does a job.</summary>
    /// <returns>The reply's JSON.</returns>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(VoiceJob job, CancellationToken cancellationToken)
    {
        var transcript = job.Input switch
        {
            AudioInput audio => await TranscribeAsync(audio, job.SourceLanguage, cancellationToken),
            TextInput written => new Transcript(written.Text, job.SourceLanguage, []),
            _ => throw new ArgumentException("Not a job.", nameof(job)),
        };
        var text = await PooledAsync(() => _translator.TranslateAsync(transcript.Text, transcript.Language, job.TargetLanguage, cancellationToken), cancellationToken);
        var speech = await PooledAsync(() => _synthesizer.SynthesizeAsync(text.Text, job.TargetLanguage, null, null, cancellationToken), cancellationToken);
        var encoded = await PooledAsync(() => _encoder.EncodeAsync(speech, job.ReplyFormat, cancellationToken), cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        ReplyWriter.Write(output, new TranslationReply(
            job.MessageId, new(transcript with { Language = text.SourceLanguage }, text.Text, job.TargetLanguage), encoded, null, false, speech.Voice, false, new(), 1));
        return output.WrittenMemory;
    }

    public void Dispose() => _pool.Dispose();

    private async Task<Transcript> TranscribeAsync(AudioInput audio, string? language, CancellationToken cancellationToken)
    {
        using var samples = await PooledAsync(() => _decoder.DecodeAsync(audio, cancellationToken), cancellationToken);
        return await PooledAsync(() => _recognizer.RecognizeAsync(samples, language, cancellationToken), cancellationToken);
    }

    private async ValueTask<T> PooledAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        await _pool.WaitAsync(cancellationToken);
        try
        {
            // On a thread of the pool, as an executor would run it.
            return pool is null ? await call() : await Task.Run(async () => await call(), cancellationToken);
        }
        finally
        {
            _pool.Release();
        }
    }
}
