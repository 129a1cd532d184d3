using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Engines.OpenAi.Synthesis;

namespace VoiceWorker.UnitTests.Translating;

public sealed class ServerWavTests
{
    private const int Header = 44;

    [Fact]
    public void Read_WhatWriteWrote_IsTheSame()
    {
        float[] samples = [0, 1, -1, 0.5f];
        using var audio = new DecodedAudio(new Owner(samples), samples.Length, "wav");

        var pcm = ServerWav.Read(ServerWav.Write(audio));

        Assert.Equal(16_000, pcm.SampleRate);
        Assert.Equal([0, 32767, -32767, 16384], Shorts(pcm));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFF000u)]
    public void Read_StreamedSizes_ReadsToTheEnd(uint size)
    {
        var file = File(16, 1, [7, 8]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), size);

        Assert.Equal([7, 8], Shorts(ServerWav.Read(file)));
    }

    [Fact]
    public void Read_Stereo_IsMixed()
    {
        var mixed = Shorts(ServerWav.Read(File(16, 2, [16384, 8192, -32768, 32])));

        Assert.InRange(mixed[0], 12286, 12289);
        Assert.InRange(mixed[1], -16370, -16366);
    }

    [Theory]
    [InlineData(0, (byte)'X')]
    [InlineData(20, (byte)0x55)]
    [InlineData(22, (byte)0)]
    [InlineData(24, (byte)0, (byte)0, (byte)0, (byte)0)]
    [InlineData(24, (byte)0, (byte)0, (byte)0, (byte)127)]
    [InlineData(36, (byte)'D')]
    public void Read_Unusable_SaysSo(int offset, params byte[] values)
    {
        var file = File(16, 1, [1]);
        values.CopyTo(file, offset);

        Assert.Throws<InvalidDataException>(() => ServerWav.Read(file));
    }

    [Fact]
    public void Read_HeaderCutAnywhere_SaysSo()
    {
        var file = File(16, 1, [1, 2]);
        for (var length = 0; length < Header; length++)
        {
            var cut = file.AsMemory(0, length);
            Assert.Throws<InvalidDataException>(() => ServerWav.Read(cut));
        }
    }

    private static byte[] File(int bits, byte channels, short[] samples)
    {
        var file = WavWriter.Write(MemoryMarshal.AsBytes(samples.AsSpan()), 16_000);
        file[22] = channels;
        file[32] = (byte)(channels * bits / 8);
        return file;
    }

    private static short[] Shorts(PcmAudio audio) => MemoryMarshal.Cast<byte, short>(audio.Samples.Span).ToArray();

    private sealed class Owner(float[] samples) : IMemoryOwner<float>
    {
        public Memory<float> Memory => samples;

        public void Dispose()
        {
        }
    }
}
