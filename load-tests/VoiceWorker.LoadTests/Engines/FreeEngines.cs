using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.LoadTests.Engines;

/// <summary>Engines that cost nothing: what is left is the pipeline. The reply carries as much audio as the job did.</summary>
internal sealed class FreeEngines : IAudioDecoder, ISpeechRecognizer, ITranslator, ISpeechSynthesizer, IAudioEncoder
{
    private readonly EncodedAudio _audio;

    /// <param name="replyBytes">Bytes of JSON that a reply takes, about.</param>
    public FreeEngines(int replyBytes) => _audio = new(new byte[Math.Max(1, (replyBytes - 600) * 3 / 4)], AudioFormat.OggOpus);

    public string Name => "free";

    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => new(new EngineStatus(true, "costs nothing"));

    public TimeSpan EstimateDuration(AudioInput audio) => TimeSpan.FromSeconds(1);

    public ValueTask<DecodedAudio> DecodeAsync(AudioInput audio, CancellationToken cancellationToken) =>
        new(new DecodedAudio(new PooledMemory<float>(DecodedAudio.SampleRate / 100), DecodedAudio.SampleRate / 100, "none"));

    public ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken) =>
        new(new Transcript("good day", "en", [new(0, 0.01, "good day")], audio.Duration));

    public ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken) =>
        new(new TranslatedText("buenos días", "en"));

    public ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken) =>
        new(new Speech(new byte[2], 22_050, "es"));

    public ValueTask<EncodedAudio> RecodeToOpusAsync(EncodedAudio audio, CancellationToken cancellationToken) => new(audio);

    public ValueTask<EncodedAudio> EncodeAsync(Speech speech, AudioFormat format, CancellationToken cancellationToken) => new(_audio);
}
