using BenchmarkDotNet.Attributes;
using VoiceWorker.Audio.Resampling;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Onnx.Features;

namespace VoiceWorker.Benchmarks;

/// <summary>Ten seconds of audio: the resampler from 48 kHz and 44.1 kHz, and the log-mel spectrogram of Whisper (80 bands).</summary>
[MemoryDiagnoser]
public class SignalProcessing
{
    private const int Seconds = 10;

    private readonly Noise _source48 = new(48_000);
    private readonly Noise _source44 = new(44_100);
    private readonly float[] _output = new float[Seconds * 16_000];
    private readonly LogMel _mel = new(new MelFilters(80, 201, [.. Enumerable.Range(0, 80 * 201).Select(i => Math.Abs((i % 201) - (2.5 * (i / 201))) < 5 ? 0.1f : 0f)]));

    [Benchmark]
    public void Resample48To16() => Resampler.Resample(_source48, 16_000, _output, CancellationToken.None);

    [Benchmark]
    public void Resample44To16() => Resampler.Resample(_source44, 16_000, _output, CancellationToken.None);

    [Benchmark]
    public int LogMelSpectrogram() => _mel.Compute(_output).Length;

    private sealed class Noise : IMonoSource
    {
        private readonly float[] _samples;
        private int _position;

        public Noise(int sampleRate)
        {
            var random = new Random(1);
            (SampleRate, _samples) = (sampleRate, [.. Enumerable.Range(0, Seconds * sampleRate).Select(_ => random.NextSingle() - 0.5f)]);
        }

        public int SampleRate { get; }

        public int FrameCount => _samples.Length;

        // Around in circles: each run takes the samples that follow those of the run before.
        public void Read(Span<float> destination)
        {
            for (; !destination.IsEmpty; _position %= _samples.Length)
            {
                var count = Math.Min(destination.Length, _samples.Length - _position);
                _samples.AsSpan(_position, count).CopyTo(destination);
                _position += count;
                destination = destination[count..];
            }
        }
    }
}
