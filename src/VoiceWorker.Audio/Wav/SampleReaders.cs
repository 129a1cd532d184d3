using System.Buffers.Binary;

namespace VoiceWorker.Audio.Wav;

/// <summary>One reader for each encoding of a sample.</summary>
internal static class SampleReaders
{
    public readonly struct Unsigned8 : ISampleReader
    {
        public static int Size => 1;

        public static float Read(ReadOnlySpan<byte> sample) => (sample[0] - 128) * (1f / 128);
    }

    public readonly struct Signed16 : ISampleReader
    {
        public static int Size => 2;

        public static float Read(ReadOnlySpan<byte> sample) => BinaryPrimitives.ReadInt16LittleEndian(sample) * (1f / 32_768);
    }

    public readonly struct Signed24 : ISampleReader
    {
        public static int Size => 3;

        public static float Read(ReadOnlySpan<byte> sample) =>
            (sample[0] | sample[1] << 8 | (sbyte)sample[2] << 16) * (1f / 8_388_608);
    }

    public readonly struct Signed32 : ISampleReader
    {
        public static int Size => 4;

        public static float Read(ReadOnlySpan<byte> sample) => BinaryPrimitives.ReadInt32LittleEndian(sample) * (1f / 2_147_483_648);
    }

    public readonly struct Float32 : ISampleReader
    {
        public static int Size => 4;

        public static float Read(ReadOnlySpan<byte> sample) => BinaryPrimitives.ReadSingleLittleEndian(sample);
    }

    public readonly struct Float64 : ISampleReader
    {
        public static int Size => 8;

        public static float Read(ReadOnlySpan<byte> sample) => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample);
    }

    public readonly struct ALaw : ISampleReader
    {
        public static int Size => 1;

        public static float Read(ReadOnlySpan<byte> sample) => G711.ALaw[sample[0]];
    }

    public readonly struct MuLaw : ISampleReader
    {
        public static int Size => 1;

        public static float Read(ReadOnlySpan<byte> sample) => G711.MuLaw[sample[0]];
    }
}
