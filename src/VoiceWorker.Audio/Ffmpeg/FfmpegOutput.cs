using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Resampling;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Ffmpeg;

/// <summary>
/// Takes the WAV file that ffmpeg writes, 16 bits at 16 kHz with the recording's own channels, and keeps no more of it
/// than their mix.
/// </summary>
/// <param name="format">What the recording is.</param>
/// <param name="options">The limits.</param>
internal sealed class FfmpegOutput(string format, AudioOptions options) : IChildOutput, IDisposable
{
    private const int MaxHeader = 4 * 1024;
    private const int FirstSamples = 30 * DecodedAudio.SampleRate;

    private readonly int _limit = (int)(options.MaxDuration.TotalSeconds * DecodedAudio.SampleRate);
    private byte[] _bytes = new byte[MaxHeader];
    private int _byteCount;
    private float[] _frames = [];
    private Downmix? _downmix;
    private int _channels;
    private IMemoryOwner<float>? _samples = new PooledMemory<float>(FirstSamples);
    private int _length;

    /// <inheritdoc/>
    public bool IsFull => _length > _limit || (_downmix is null && _byteCount > MaxHeader);

    /// <inheritdoc/>
    public Memory<byte> Reserve(int count)
    {
        if (_bytes.Length - _byteCount < count)
            Array.Resize(ref _bytes, _byteCount + count);
        return _bytes.AsMemory(_byteCount);
    }

    /// <inheritdoc/>
    /// <exception cref="EngineException">The recording has too many channels.</exception>
    public void Advance(int count)
    {
        _byteCount += count;
        var bytes = _bytes.AsSpan(0, _byteCount);
        if (_downmix is null)
        {
            var chunks = new WavChunks(bytes);
            if (chunks.Data is not { } data)
                return;
            _downmix = Begin(channels: BinaryPrimitives.ReadUInt16LittleEndian(chunks.Format[2..]));
            bytes = bytes[data.Start.Value..];
        }

        var partial = bytes.Length % (_channels * sizeof(short));
        Add(_downmix, MemoryMarshal.Cast<byte, short>(bytes[..^partial]));
        bytes[^partial..].CopyTo(_bytes);
        _byteCount = partial;
    }

    /// <summary>Hands the samples over.</summary>
    /// <exception cref="EngineException">There are none.</exception>
    public DecodedAudio ToAudio()
    {
        if (_length == 0 || _samples is null)
            throw AudioLimits.NoSamples();

        var audio = new DecodedAudio(_samples, _length, format);
        _samples = null;
        return audio;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _samples?.Dispose();
        _samples = null;
    }

    private Downmix Begin(int channels)
    {
        if (channels > options.MaxChannels)
            throw AudioLimits.Channels(format, channels, options);
        _channels = channels;
        return new Downmix(channels, DecodedAudio.SampleRate);
    }

    private void Add(Downmix downmix, ReadOnlySpan<short> pcm)
    {
        var mono = Room(pcm.Length / _channels);
        if (_frames.Length < pcm.Length)
            _frames = new float[pcm.Length];

        var frames = _channels == 1 ? mono : _frames.AsSpan(0, pcm.Length);
        TensorPrimitives.ConvertTruncating(pcm, frames);
        TensorPrimitives.Multiply(frames, 1f / 32_768, frames);
        if (_channels > 1)
            downmix.Mix(frames, mono);
        _length += mono.Length;
    }

    private Span<float> Room(int count)
    {
        var samples = _samples!.Memory;
        if (samples.Length - _length < count)
        {
            var larger = new PooledMemory<float>(Math.Max(2 * samples.Length, _length + count));
            samples[.._length].CopyTo(larger.Memory);
            _samples.Dispose();
            _samples = larger;
        }

        return _samples.Memory.Span.Slice(_length, count);
    }
}
