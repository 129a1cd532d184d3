using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>
/// Engines that read their input for as long as they are at it. Every byte and sample of a job is its number, and its number
/// decides what each of them does with it.
/// </summary>
/// <param name="fate">What the engine of a stage does with a job.</param>
internal sealed class ReadingEngines(Func<Stage, int, Fate> fate) : IAudioDecoder, ISpeechRecognizer, ITranslator, ISpeechSynthesizer, IAudioEncoder
{
    private readonly TaskCompletionSource _never = new();

    public string Name => "reading";

    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new EngineStatus(true, "reading"));

    public TimeSpan EstimateDuration(AudioInput audio) => TimeSpan.FromSeconds(1);

    /// <summary>What the decoder made, by the job's number.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<int, ReadOnlyMemory<float>> Samples { get; } = [];

    public async ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken)
    {
        var job = Number(audio.Data);
        await WorkAsync(Stage.Decode, job, cancellationToken);
        Assert.Equal(job, Number(audio.Data));
        var memory = new PooledMemory<float>(1000);
        memory.GetSpan()[..1000].Fill(job);
        Samples[job] = memory.Memory[..1000];
        return new DecodedAudio(memory, 1000, "fake");
    }

    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        var job = Number(audio.Samples);
        await WorkAsync(Stage.Transcribe, job, cancellationToken);
        Assert.Equal(job, Number(audio.Samples));
        return new($"job {job}", "en", [new(0, 1, $"job {job}")], audio.Duration);
    }

    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        await WorkAsync(Stage.Translate, JobOf(text), cancellationToken);
        return new(text, "en");
    }

    public async ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken)
    {
        await WorkAsync(Stage.Synthesize, JobOf(text), cancellationToken);
        return new(new byte[2], 22_050, text);
    }

    public ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken) => new(audio);

    public async ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken)
    {
        await WorkAsync(Stage.Encode, JobOf(speech.Voice), cancellationToken);
        return new(new byte[] { 1 }, format);
    }

    /// <summary>The number that the whole of a job's memory holds.</summary>
    public static int Number(ReadOnlyMemory<byte> data)
    {
        Assert.Equal(-1, data.Span.IndexOfAnyExcept(data.Span[0]));
        return data.Span[0];
    }

    /// <summary>The number that the whole of a job's memory holds.</summary>
    public static int Number(ReadOnlyMemory<float> samples)
    {
        Assert.Equal(-1, samples.Span.IndexOfAnyExcept(samples.Span[0]));
        return (int)samples.Span[0];
    }

    // A text of digits alone needs no translator.
    private static int JobOf(string text) => int.Parse(text.AsSpan(4), null);

    private async Task WorkAsync(Stage stage, int job, CancellationToken cancellationToken)
    {
        await Task.Yield();
        switch (fate(stage, job))
        {
            case Fate.Throws:
                throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "noise");
            case Fate.StopsWhenTold:
                await _never.Task.WaitAsync(cancellationToken);
                break;
            case Fate.IgnoresItsCancellation:
                await _never.Task;
                break;
        }
    }
}
