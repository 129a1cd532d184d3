using System.Numerics;
using System.Text;

namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>WAV files with sound of every layout and headers of every kind that recorders write, chosen by chance.</summary>
internal static class WavHeaders
{
    private static readonly int[] Rates = [4_000, 6_000, 8_000, 11_025, 11_127, 16_000, 22_050, 22_255, 44_100, 44_101, 48_000, 50_000, 96_000, 192_000];

    private static readonly (int Tag, int Bits)[] Encodings = [(1, 8), (1, 16), (1, 16), (1, 16), (1, 24), (1, 32), (1, 64), (1, 12), (1, 20), (3, 32), (3, 64), (6, 8), (7, 8)];

    private static readonly int[] ChannelCounts = [1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8];

    private static readonly string[] ChunkNames = ["LIST", "bext", "JUNK", "fact", "id3 ", "PEAK", "cue ", "FLLR", "iXML", "PAD "];

    private static readonly byte[] GuidTail = [0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Makes files.</summary>
    public static List<Recording> Make(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Make(random))];

    private static Recording Make(Random random)
    {
        var ((tag, bits), rate, channels) = (Any(random, Encodings), Any(random, Rates), Any(random, ChannelCounts));
        var size = (bits + 7) / 8;
        var (isExtensible, isLong, isBig, isPadded) = (random.Next(4) == 0, random.Next(10) == 0, random.Next(10) == 0, random.Next(3) > 0);

        // What the worker leaves to ffmpeg must be padded.
        (isLong, isBig, isPadded) = (isLong && !isBig, isBig && (tag, bits) != (1, 64), isPadded || (tag, bits) == (1, 64));
        var data = Sound(random, tag, size, rate, channels);

        // A wrong size of a frame goes with the right bytes a second, or it is right.
        var frame = channels * size;
        var byteRate = (long)rate * frame;
        (frame, byteRate) = random.Next(6) switch { 0 => (2 * frame, byteRate), 1 => (frame, Any<long>(random, [0, 1, uint.MaxValue])), _ => (frame, byteRate) };

        var dataSize = isLong ? uint.MaxValue : Any<long>(random, [data.Length, data.Length, data.Length, 0, uint.MaxValue, 0x7FFF_FF00, 0x8000_0000, data.Length + 1_000, data.Length - channels * 100]);
        var isWhole = isLong || dataSize == data.Length;
        var (before, between, behind) = (Chunks(random), Chunks(random), isWhole ? Chunks(random) : []);
        var (validBits, mask, extra) = (Any(random, [bits, bits - 3, 0]), Any(random, [0, (1 << channels) - 1]), Any(random, [0, 0, 2, 4]));
        var fileSize = isLong ? uint.MaxValue : Any<long>(random, [Length(isPadded: true), Length(isPadded: true), 0, uint.MaxValue, 36]);
        var name = $"wav tag {tag}{(isExtensible ? " extended" : "")}, {bits} bits, {channels} channels, {rate} Hz, frame {frame}, byte rate {byteRate}, data size {dataSize} of {data.Length}, "
            + $"file size {fileSize}, {extra} bytes more of format, chunks {Names(before)}, {Names(between)}, {Names(behind)}{(isLong ? ", RF64" : "")}{(isBig ? ", RIFX" : "")}{(isPadded ? "" : ", unpadded")}";

        // ffmpeg loses its way behind an odd chunk without padding, and takes the samples of RIFX for little endian.
        var file = Build(isPadded);
        isBig = false;
        return new(name, "wav", "wav", file) { Original = Build(isPadded: true), AnyLevel = channels > 2 };

        byte[] Format() =>
        [
            .. Number(isExtensible ? 0xFFFE : tag, 2), .. Number(channels, 2), .. Number(rate, 4), .. Number(byteRate, 4), .. Number(frame, 2), .. Number(bits, 2),
            .. isExtensible ? [.. Number(22, 2), .. Number(validBits, 2), .. Number(mask, 4), .. Number(tag, 4), .. Number(0, 2), .. Number(0x10, 2), .. GuidTail] : new byte[extra],
        ];
        byte[] Build(bool isPadded) => [.. Header(isLong ? "RF64" : isBig ? "RIFX" : "RIFF", fileSize), .. Body(isPadded)];
        long Length(bool isPadded) => Body(isPadded).Length;
        byte[] Body(bool isPadded) =>
        [
            .. "WAVE"u8, .. isLong ? Chunk("ds64", [.. Number(0, 8), .. Number(data.Length, 8), .. new byte[12]], isPadded) : [],
            .. before.SelectMany(chunk => Chunk(chunk.Name, new byte[chunk.Length], isPadded)), .. Chunk("fmt ", Format(), isPadded),
            .. between.SelectMany(chunk => Chunk(chunk.Name, new byte[chunk.Length], isPadded)),
            .. Header("data", dataSize), .. Samples(), .. new byte[isPadded && isWhole ? data.Length % 2 : 0],
            .. behind.SelectMany(chunk => Chunk(chunk.Name, new byte[chunk.Length], isPadded)),
        ];
        byte[] Chunk(string name, byte[] body, bool isPadded) => [.. Header(name, body.Length), .. body, .. new byte[isPadded ? body.Length % 2 : 0]];
        byte[] Header(string name, long size) => [.. Encoding.ASCII.GetBytes(name), .. Number(size, 4)];
        IEnumerable<byte> Samples() => isBig ? data.Chunk(size).SelectMany(sample => sample.Reverse()) : data;
        byte[] Number(long value, int length)
        {
            var bytes = BitConverter.GetBytes(value)[..length];
            if (isBig)
                Array.Reverse(bytes);
            return bytes;
        }
    }

    // Tones below 1 kHz, the same on all channels beyond two.
    private static byte[] Sound(Random random, int tag, int size, int rate, int channels)
    {
        var frames = rate / 4;
        var data = new byte[frames * channels * size];
        double[] frequencies = [.. Enumerable.Range(0, 12).Select(_ => 150 + 850 * random.NextDouble())];
        for (var i = 0; i < frames; i++)
        {
            var (left, right) = (Tones(0, i), channels == 2 ? Tones(6, i) : 0);
            for (var channel = 0; channel < channels; channel++)
                Write(data.AsSpan((i * channels + channel) * size, size), tag, channels == 2 && channel == 1 ? right : left);
        }

        return data;

        double Tones(int first, int frame)
        {
            var sum = 0.0;
            foreach (var frequency in frequencies.AsSpan(first, 6))
                sum += 0.08 * Math.Sin(2 * Math.PI * frequency * frame / rate);
            return sum;
        }
    }

    private static void Write(Span<byte> bytes, int tag, double sample)
    {
        var value = (tag, bytes.Length) switch
        {
            (3, 4) => BitConverter.SingleToInt32Bits((float)sample),
            (3, _) => BitConverter.DoubleToInt64Bits(sample),
            (6, _) => ALaw(sample),
            (7, _) => MuLaw(sample),
            (_, 1) => 128 + (long)(sample * 127),
            (_, var size) => (long)(sample * ((1UL << (8 * size - 1)) - 1)),
        };
        BitConverter.GetBytes(value).AsSpan(0, bytes.Length).CopyTo(bytes);
    }

    private static int ALaw(double sample)
    {
        var magnitude = (int)(Math.Abs(sample) * 32_767);
        var exponent = Math.Max(0, BitOperations.Log2((uint)magnitude) - 7);
        return ((sample < 0 ? 0 : 0x80) | exponent << 4 | magnitude >> Math.Max(4, exponent + 3) & 15) ^ 0x55;
    }

    private static int MuLaw(double sample)
    {
        var magnitude = (int)(Math.Abs(sample) * 32_635) + 0x84;
        var exponent = BitOperations.Log2((uint)magnitude) - 7;
        return ~((sample < 0 ? 0x80 : 0) | exponent << 4 | magnitude >> exponent + 3 & 15);
    }

    private static (string Name, int Length)[] Chunks(Random random) =>
        [.. Enumerable.Range(0, Math.Max(0, random.Next(5) - 2)).Select(_ => (Any(random, ChunkNames), Any(random, [0, 1, 4, 28, 602, 4_001, 20_000])))];

    private static string Names((string Name, int Length)[] chunks) => chunks.Length == 0 ? "none" : string.Join(" and ", chunks.Select(chunk => $"{chunk.Name.Trim()} of {chunk.Length}"));

    private static T Any<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
