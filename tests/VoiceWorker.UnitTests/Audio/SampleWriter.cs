using System.Buffers.Binary;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Writes samples in [-1, 1] in every encoding of WAV.</summary>
internal static class SampleWriter
{
    public static byte[] Write(IEnumerable<double> samples, string encoding) => [.. samples.SelectMany(sample => Write(sample, encoding))];

    public static float[] Sine(int count, double frequency, int sampleRate, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate)))];

    private static byte[] Write(double sample, string encoding)
    {
        var bytes = new byte[8];
        switch (encoding)
        {
            case "u8":
                return [(byte)(Math.Round(sample * 127) + 128)];
            case "s16":
                BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)Math.Round(sample * 32_767));
                return bytes[..2];
            case "s24":
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)Math.Round(sample * 8_388_607));
                return bytes[..3];
            case "s32":
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)Math.Round(sample * 2_147_483_647));
                return bytes[..4];
            case "f32":
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)sample);
                return bytes[..4];
            case "f64":
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, sample);
                return bytes;
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding));
        }
    }
}
