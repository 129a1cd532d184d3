using VoiceWorker.Whisper.Onnx.Network;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class KvCacheTests
{
    private readonly Random _random = new(9);

    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, 31)]
    [InlineData(64, 33)]
    [InlineData(64, 1500)]
    [InlineData(16, 50)]
    [InlineData(48, 50)]
    public void Attend_RandomKeysAndValues_IsThatOfTheDefinition(int width, int count)
    {
        const int Heads = 3;
        using var store = new KvCache(Heads, width, count);
        var keys = Enumerable.Range(0, count).Select(_ => Vector(Heads * width)).ToArray();
        var values = Enumerable.Range(0, count).Select(_ => Vector(Heads * width)).ToArray();
        for (var i = 0; i < count; i++)
            store.Append(keys[i], values[i]);

        for (var head = 0; head < Heads; head++)
        {
            var query = Vector(width);
            var result = new float[width];
            var trace = new float[count];
            store.Attend(head, query, count, result, trace);
            var expected = Definition(query, keys, values, head * width, count);
            Assert.Equal(1, trace.Sum(), 1e-4);
            Assert.Equal(expected[0], trace.Select((part, t) => (double)part * values[t][head * width]).Sum(), 1e-3);
            for (var i = 0; i < width; i++)
                Assert.Equal(expected[i], result[i], 1e-4);
        }
    }

    [Fact]
    public void Attend_FewerPositionsThanThereAre_SeesTheFirstOnes()
    {
        using var store = new KvCache(1, 32, 40);
        var (keys, values) = (Enumerable.Range(0, 40).Select(_ => Vector(32)).ToArray(), Enumerable.Range(0, 40).Select(_ => Vector(32)).ToArray());
        for (var i = 0; i < 40; i++)
            store.Append(keys[i], values[i]);
        var query = Vector(32);

        var result = new float[32];
        store.Attend(0, query, 7, result);

        var expected = Definition(query, keys, values, 0, 7);
        Assert.Equal(expected[5], result[5], 1e-4);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void Attend_ScoresWhoseExponentialsOverflow_IsThatOfTheDefinition(float size)
    {
        const int Width = 32;
        using var store = new KvCache(1, Width, 2);
        float[] query = [.. Enumerable.Repeat(10f, Width)];
        float[][] keys = [[.. Enumerable.Repeat(size, Width)], [.. Enumerable.Repeat(size * 0.999f, Width)]], values = [Vector(Width), Vector(Width)];
        store.Append(keys[0], values[0]);
        store.Append(keys[1], values[1]);

        var result = new float[Width];
        store.Attend(0, query, 2, result);

        var expected = Definition(query, keys, values, 0, 2);
        for (var i = 0; i < Width; i++)
            Assert.Equal(expected[i], result[i], 1e-2);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(64, 33)]
    public void CopyFrom_AnotherStore_AttendsAsThatOne(int width, int count)
    {
        using KvCache store = new(2, width, 64), copy = new(2, width, 64);
        for (var i = 0; i < count; i++)
            store.Append(Vector(2 * width), Vector(2 * width));
        copy.CopyFrom(store);
        // The two go on by themselves.
        store.Append(Vector(2 * width), Vector(2 * width));

        float[] query = Vector(width), expected = new float[width], actual = new float[width];
        store.Attend(1, query, count, expected);
        copy.Attend(1, query, count, actual);

        Assert.Equal(count, copy.Count);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Append_ManyAtOnce_IsOneAfterTheOther()
    {
        const int Width = 32, Count = 40;
        using KvCache one = new(2, Width, 64), many = new(2, Width, 64);
        using var rows = new TensorBuffer(Count * 4 * Width);
        Vector(Count * 4 * Width).CopyTo(rows.Span(Count * 4 * Width));
        for (var i = 0; i < Count; i++)
            one.Append(rows.Span(Count * 4 * Width).Slice(i * 4 * Width, 2 * Width), rows.Span(Count * 4 * Width).Slice(((i * 4) + 2) * Width, 2 * Width));
        many.Append(rows, Count, new ParallelOptions());

        float[] query = Vector(Width), expected = new float[Width], actual = new float[Width];
        one.Attend(1, query, Count, expected);
        many.Attend(1, query, Count, actual);

        Assert.Equal(Count, many.Count);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Append_ZerosOnly_AttendsToZero()
    {
        using var store = new KvCache(1, 32, 4);
        store.Append(new float[32], new float[32]);

        var result = new float[32];
        store.Attend(0, Vector(32), 1, result);

        Assert.All(result, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Append_BeyondCapacity_Throws()
    {
        using var store = new KvCache(1, 32, 32);
        for (var i = 0; i < 32; i++)
            store.Append(Vector(32), Vector(32));

        Assert.Throws<ArgumentOutOfRangeException>(() => store.Append(Vector(32), Vector(32)));
    }

    private static double[] Definition(float[] query, float[][] keys, float[][] values, int offset, int count)
    {
        var scores = Enumerable.Range(0, count)
            .Select(t => Math.Exp(query.Select((q, i) => (double)q * keys[t][offset + i]).Sum() / Math.Sqrt(query.Length))).ToArray();
        return [.. query.Select((_, i) => Enumerable.Range(0, count).Sum(t => scores[t] * values[t][offset + i]) / scores.Sum())];
    }

    private float[] Vector(int length) => [.. Enumerable.Range(0, length).Select(_ => (_random.NextSingle() * 4) - 2)];
}
