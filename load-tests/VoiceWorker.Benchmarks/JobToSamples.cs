using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Engines;

namespace VoiceWorker.Benchmarks;

/// <summary>A JSON job of 1 MB, 24 s of 16 kHz WAV as base64, to pooled samples. Divide its length by the time.</summary>
[MemoryDiagnoser]
public class JobToSamples
{
    private const int WavBytes = 786_432;

    private readonly JobReader _reader = new(new JobLimits());
    private readonly JobProperties _properties = new() { ContentType = "application/json", MessageId = "1", Attempt = 1 };
    private IHost? _host;
    private IAudioDecoder? _decoder;
    private byte[] _json = [];

    [GlobalSetup]
    public void SetUp()
    {
        _host = EngineHost.Build(new(ContestantKind.EnginesOnly, 0, "none", null, null), consumes: false);
        _decoder = _host.Services.GetRequiredService<IAudioDecoder>();
        _json = Encoding.UTF8.GetBytes($$"""{"audio_data":"{{Convert.ToBase64String(Wav())}}","source_lang":"en","target_lang":"es"}""");
    }

    [GlobalCleanup]
    public void CleanUp() => _host!.Dispose();

    /// <summary>Reading and decoding.</summary>
    [Benchmark(Baseline = true)]
    public async Task<int> Whole()
    {
        var job = _reader.Read(_json, _properties);
        using var audio = await _decoder!.DecodeAsync((AudioInput)job.Input, CancellationToken.None);
        return audio.Samples.Length;
    }

    /// <summary>Reading alone: the intake's part.</summary>
    [Benchmark]
    public VoiceJob Read() => _reader.Read(_json, _properties);

    private static byte[] Wav()
    {
        var wav = new byte[WavBytes];
        new Random(1).NextBytes(wav.AsSpan(44));
        using var header = new BinaryWriter(new MemoryStream(wav));
        header.Write("RIFF"u8);
        header.Write(WavBytes - 8);
        header.Write("WAVEfmt "u8);
        header.Write(16);
        header.Write((short)1);
        header.Write((short)1);
        header.Write(DecodedAudio.SampleRate);
        header.Write(2 * DecodedAudio.SampleRate);
        header.Write((short)2);
        header.Write((short)16);
        header.Write("data"u8);
        header.Write(WavBytes - 44);
        return wav;
    }
}
