using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Audio;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.EspeakNg;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>The codecs and the synthesizer as the host registers them.</summary>
internal sealed class AudioServices : IDisposable
{
    // The first start of ffmpeg on a busy machine reads its 200 libraries from a slow disk.
    private static readonly KeyValuePair<string, string?> Patient = new("Audio:ProcessTimeout", "00:03:00");

    private readonly ServiceProvider _provider;

    public AudioServices(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([Patient])
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        _provider = new ServiceCollection().AddAudioCodecs(configuration).AddEspeakNg(configuration).BuildServiceProvider();
    }

    public IAudioDecoder Decoder => _provider.GetRequiredService<IAudioDecoder>();

    public IAudioEncoder Encoder => _provider.GetRequiredService<IAudioEncoder>();

    public ISpeechSynthesizer Synthesizer => _provider.GetRequiredService<ISpeechSynthesizer>();

    public void Dispose() => _provider.Dispose();
}
