using System.Buffers.Binary;
using VoiceWorker.Engines.OpenAi;

namespace VoiceWorker.UnitTests.Translating;

public sealed class WavPcmTests
{
    [Fact]
    public void Parse_WhatWriteWrote_IsTheSame()
    {
        var audio = WavPcm.Parse(WavPcm.Write([0, 1, -1, 2, 0.5f], 16_000));

        Assert.Equal(16_000, audio.SampleRate);
        Assert.Equal([0, 32767, -32767, 32767, 16384], Shorts(audio));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFF000u)]
    public void Parse_StreamedSizes_ReadsToTheEnd(uint size)
    {
        var file = WavPcm.Write([0.25f, 0.5f], 24_000);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), size);

        Assert.Equal([8192, 16384], Shorts(WavPcm.Parse(file)));
    }

    [Fact]
    public void Parse_OtherChunksAround_AreSkipped()
    {
        var file = WavPcm.Write([0.25f], 16_000);
        byte[] list = [.. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0];

        Assert.Equal([8192], Shorts(WavPcm.Parse((byte[])[.. file[..36], .. list, .. file[36..], .. list])));
    }

    [Fact]
    public void Parse_Stereo_IsMixed()
    {
        var file = WavPcm.Write([0.5f, 0.25f, -1, 1], 16_000);
        file[22] = 2;

        Assert.Equal([12288, 0], Shorts(WavPcm.Parse(file)));
    }

    [Theory]
    [InlineData(20, 3)]
    [InlineData(22, 6)]
    [InlineData(22, 0)]
    [InlineData(34, 24)]
    [InlineData(27, 127)]
    [InlineData(16, 8)]
    [InlineData(36, (byte)'D')]
    [InlineData(0, (byte)'X')]
    [InlineData(19, 255)]
    public void Parse_OtherThan16BitPcm_SaysSo(int offset, byte value)
    {
        var file = WavPcm.Write([0.25f], 16_000);
        file[offset] = value;

        Assert.Throws<InvalidDataException>(() => WavPcm.Parse(file));
    }

    [Fact]
    public void Parse_CutAnywhere_NeverThrowsAnythingElse()
    {
        var file = WavPcm.Write([0.25f, 0.5f], 16_000);
        for (var length = 0; length < WavPcm.HeaderLength; length++)
        {
            var cut = file.AsMemory(0, length);
            Assert.Throws<InvalidDataException>(() => WavPcm.Parse(cut));
        }
    }

    private static short[] Shorts(PcmAudio audio) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(audio.Samples.Span).ToArray();
}
