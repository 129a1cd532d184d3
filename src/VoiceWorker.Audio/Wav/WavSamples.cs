using System.Numerics;
using System.Runtime.InteropServices;
using VoiceWorker.Audio.Resampling;
using static VoiceWorker.Audio.Wav.SampleReaders;

namespace VoiceWorker.Audio.Wav;

/// <summary>The samples of a WAV file, mixed down to one channel and scaled to [-1, 1].</summary>
/// <param name="file">A file with an encoding that is read here.</param>
public sealed class WavSamples(WavFile file) : IMonoSource
{
    private const int FramesAtATime = 4_096;

    private readonly Downmix _downmix = new(file.Channels, file.SampleRate);
    private readonly float[] _frames = file.Channels == 1 ? [] : new float[FramesAtATime * file.Channels];
    private int _position;

    /// <inheritdoc/>
    public int FrameCount => file.FrameCount;

    /// <inheritdoc/>
    public int SampleRate => file.SampleRate;

    /// <inheritdoc/>
    public void Read(Span<float> destination)
    {
        if (file.Channels == 1)
        {
            Decode(destination);
            return;
        }

        while (!destination.IsEmpty)
        {
            var mono = destination[..Math.Min(destination.Length, FramesAtATime)];
            var frames = _frames.AsSpan(0, mono.Length * file.Channels);
            Decode(frames);
            _downmix.Mix(frames, mono);
            destination = destination[mono.Length..];
        }
    }

    private void Decode(Span<float> samples)
    {
        var bytes = file.Data.Span.Slice(_position, samples.Length * file.SampleBytes);
        _position += bytes.Length;
        switch (file.Encoding, file.SampleBytes)
        {
            case (WavEncoding.Pcm, 1): Decode<Unsigned8>(bytes, samples); break;
            case (WavEncoding.Pcm, 2) when BitConverter.IsLittleEndian: Scale(MemoryMarshal.Cast<byte, short>(bytes), samples); break;
            case (WavEncoding.Pcm, 2): Decode<Signed16>(bytes, samples); break;
            case (WavEncoding.Pcm, 3): Decode<Signed24>(bytes, samples); break;
            case (WavEncoding.Pcm, 4): Decode<Signed32>(bytes, samples); break;
            case (WavEncoding.IeeeFloat, 4): Decode<Float32>(bytes, samples); break;
            case (WavEncoding.IeeeFloat, 8): Decode<Float64>(bytes, samples); break;
            case (WavEncoding.ALaw, _): Decode<ALaw>(bytes, samples); break;
            case (WavEncoding.MuLaw, _): Decode<MuLaw>(bytes, samples); break;
            default: throw new InvalidOperationException($"{file.Encoding} with {file.SampleBytes} bytes a sample");
        }
    }

    // What nearly every recorder for speech writes, many samples at a time.
    private static void Scale(ReadOnlySpan<short> samples, Span<float> destination)
    {
        const float FullScale = 1f / 32_768;
        var done = 0;
        for (; done <= samples.Length - Vector<short>.Count; done += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[done..]), out var first, out var second);
            (Vector.ConvertToSingle(first) * FullScale).CopyTo(destination[done..]);
            (Vector.ConvertToSingle(second) * FullScale).CopyTo(destination[(done + Vector<float>.Count)..]);
        }

        for (; done < samples.Length; done++)
            destination[done] = samples[done] * FullScale;
    }

    // One specialised loop per encoding: the JIT inlines the reader.
    private static void Decode<TSample>(ReadOnlySpan<byte> bytes, Span<float> samples)
        where TSample : ISampleReader
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = TSample.Read(bytes.Slice(i * TSample.Size, TSample.Size));
    }
}
