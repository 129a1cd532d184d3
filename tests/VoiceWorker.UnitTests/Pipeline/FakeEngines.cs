using System.Buffers;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Every engine in one, each step replaceable, so that a test can force the one fault it is about.</summary>
internal sealed class FakeEngines : IAudioDecoder, ISpeechRecognizer, ITranslator, ISpeechSynthesizer, IAudioEncoder
{
    public Func<AudioInput, TimeSpan> OnEstimate { get; set; } = audio => TimeSpan.FromSeconds(audio.Data.Length);

    public Func<CancellationToken, ValueTask> OnDecode { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>What happens when samples are requeued.</summary>
    public Action OnRelease { get; set; } = () => { };

    public Func<CancellationToken, ValueTask> OnRecognize { get; set; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> OnTranslate { get; set; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> OnSynthesize { get; set; } = _ => ValueTask.CompletedTask;

    public Func<EncodedAudio, EncodedAudio> OnRecode { get; set; } = audio => new(audio.Data[..(audio.Data.Length / 2)], AudioFormat.OggOpus);

    public Func<CancellationToken, ValueTask> OnEncode { get; set; } = _ => ValueTask.CompletedTask;

    public string HeardText { get; set; } = "hello";

    /// <summary>What a translator makes of a text; null for the language and the text.</summary>
    public Func<string, string>? Translation { get; set; }

    /// <summary>What happens before a voice speaks a language, or a recording of a voice is encoded.</summary>
    public Func<string, CancellationToken, ValueTask> OnVoice { get; set; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Whether the engines do what they are known to be able to do.</summary>
    public bool PassesTest { get; set; }

    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => ValueTask.FromResult(PassesTest);

    /// <summary>Buffers of PCM rented and not yet requeued.</summary>
    public int LiveBuffers => _liveBuffers;

    private int _liveBuffers;

    public string Name => "fake";

    /// <summary>What the circuit breakers' probes see.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Called first by each of those probes.</summary>
    public Func<CancellationToken, ValueTask> OnCheck { get; set; } = _ => ValueTask.CompletedTask;

    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        await OnCheck(cancellationToken);
        return new EngineStatus(IsUp, "fake");
    }

    public TimeSpan EstimateDuration(AudioInput audio) => OnEstimate(audio);

    public async ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken)
    {
        await OnDecode(cancellationToken);
        Interlocked.Increment(ref _liveBuffers);
        return new(new CountedOwner(this), DecodedAudio.SampleRate, "fake");
    }

    public async ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken)
    {
        await OnRecognize(cancellationToken);
        return new(HeardText, language ?? "en", [new(0, 1, HeardText)], audio.Duration);
    }

    public async ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        await OnTranslate(cancellationToken);
        return new(Translation?.Invoke(text) ?? $"{targetLanguage}:{text}", sourceLanguage ?? "en");
    }

    public async ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken)
    {
        await OnSynthesize(cancellationToken);
        await OnVoice(language, cancellationToken);
        return new(new byte[2], 22_050, voice ?? language);
    }

    public ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken) => new(OnRecode(audio));

    public async ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken)
    {
        await OnEncode(cancellationToken);
        await OnVoice($"encode {speech.Voice}", cancellationToken);
        return new(new byte[] { 1 }, format);
    }

    private sealed class CountedOwner(FakeEngines engines) : IMemoryOwner<float>
    {
        public Memory<float> Memory { get; } = new float[DecodedAudio.SampleRate];

        public void Dispose()
        {
            Interlocked.Decrement(ref engines._liveBuffers);
            engines.OnRelease();
        }
    }
}
