using System.Numerics;
using System.Runtime.InteropServices;
using VoiceWorker.Engines.Audio.Resampling;
using static VoiceWorker.Engines.Audio.Wav.SampleReaders;

namespace VoiceWorker.Engines.Audio.Wav;

/// <summary>The samples of a WAV file, mixed down to one channel (the mean of all) and scaled to [-1, 1].</summary>
/// <param name="file">A file that is not compressed.</param>
internal sealed class WavSamples(WavFile file) : IMonoSource
{
    /// <inheritdoc/>
    public int FrameCount => file.FrameCount;

    /// <inheritdoc/>
    public int SampleRate => file.SampleRate;

    /// <inheritdoc/>
    public void Read(int first, Span<float> destination)
    {
        var frameBytes = file.SampleBytes * file.Channels;
        var frames = file.Data.Span.Slice(first * frameBytes, destination.Length * frameBytes);
        switch (file.Encoding, file.SampleBytes)
        {
            case (WavEncoding.Pcm, 1): Mix<Unsigned8>(frames, destination); break;
            case (WavEncoding.Pcm, 2) when file.Channels == 1 && BitConverter.IsLittleEndian: Scale(MemoryMarshal.Cast<byte, short>(frames), destination); break;
            case (WavEncoding.Pcm, 2): Mix<Signed16>(frames, destination); break;
            case (WavEncoding.Pcm, 3): Mix<Signed24>(frames, destination); break;
            case (WavEncoding.Pcm, 4): Mix<Signed32>(frames, destination); break;
            case (WavEncoding.Float, 4): Mix<Float32>(frames, destination); break;
            case (WavEncoding.Float, 8): Mix<Float64>(frames, destination); break;
            case (WavEncoding.ALaw, _): Mix<ALaw>(frames, destination); break;
            case (WavEncoding.MuLaw, _): Mix<MuLaw>(frames, destination); break;
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
    private void Mix<TSample>(ReadOnlySpan<byte> frames, Span<float> destination)
        where TSample : ISampleReader
    {
        var channels = file.Channels;
        var scale = 1f / channels;
        var position = 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var sum = 0f;
            for (var c = 0; c < channels; c++, position += TSample.Size)
                sum += TSample.Read(frames.Slice(position, TSample.Size));
            destination[i] = sum * scale;
        }
    }
}
