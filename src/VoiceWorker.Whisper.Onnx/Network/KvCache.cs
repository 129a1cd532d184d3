using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceWorker.Whisper.Onnx.Decoding;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Keys and values of one attention layer for one recording, growing by one position at a time, and attention over them.
/// A token's attention reads all of them once, so the bytes count: each is a 16-bit integer with one scale for a head
/// and position, which is half of single precision and loses less than half precision does. Not thread-safe, but any
/// number of threads may attend at once while nothing is appended.
/// </summary>
/// <remarks>
/// A 32-bit word holds two values, so that one shift and one conversion make floats of it: positions t and t + 16 of a
/// key dimension, dimensions i and i + 16 of a value. Words lie in the order in which attention reads them: keys as
/// [head, block of 32 positions, dimension, 16], values as [head, 32 dimensions, position, 16]. The inner loops are
/// compiled with full optimisation at once: waiting for the runtime to find out that they are hot costs the first jobs
/// several times their time.
/// </remarks>
internal sealed unsafe class KvCache : IDisposable
{
    private const int Lanes = 16;
    private const int Pair = 2 * Lanes;
    private const int Alignment = 64;

    private readonly int _heads;
    private readonly int _width;
    private readonly int _capacity;
    private readonly int _chunks;
    private readonly float[] _keyScales;
    private readonly float[] _valueScales;
    private uint* _keys;
    private uint* _values;
    private bool _isFree;

    /// <summary>Sets the memory aside.</summary>
    /// <param name="heads">Attention heads.</param>
    /// <param name="width">Dimensions of a head.</param>
    /// <param name="capacity">Positions at most.</param>
    public KvCache(int heads, int width, int capacity)
    {
        (_heads, _width) = (heads, width);
        _capacity = (capacity + Pair - 1) / Pair * Pair;
        _chunks = (width + Pair - 1) / Pair;
        _keyScales = new float[heads * _capacity];
        _valueScales = new float[heads * _capacity];
        _keys = Allocate((nuint)heads * (nuint)_capacity * (nuint)width / 2);
        _values = Allocate((nuint)heads * (nuint)_capacity * (nuint)(_chunks * Lanes));
    }

    ~KvCache() => Free();

    /// <summary>Positions appended so far.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a use: every position is forgotten.</summary>
    public void Take() => (Count, _isFree) = (0, false);

    /// <summary>Ends a use.</summary>
    /// <returns>Whether it had not been ended before.</returns>
    public bool TryRelease() => !Interlocked.Exchange(ref _isFree, true);

    /// <summary>Takes over all positions of a store of the same size.</summary>
    public void CopyFrom(KvCache other)
    {
        ObjectDisposedException.ThrowIf(_isFree || other._isFree, this);
        Count = other.Count;
        // Keys lie in blocks of positions, values position by position.
        var (keys, values) = ((Count + Pair - 1) / Pair * Pair * _width / 2, Count * Lanes);
        for (var head = 0; head < _heads; head++)
        {
            Copy(other._keys, _keys, (long)head * _capacity * _width / 2, keys);
            for (var chunk = 0; chunk < _chunks; chunk++)
                Copy(other._values, _values, (((long)head * _chunks) + chunk) * _capacity * Lanes, values);
            other._keyScales.AsSpan(head * _capacity, Count).CopyTo(_keyScales.AsSpan(head * _capacity));
            other._valueScales.AsSpan(head * _capacity, Count).CopyTo(_valueScales.AsSpan(head * _capacity));
        }

        static void Copy(uint* from, uint* to, long offset, int words) => new ReadOnlySpan<uint>(from + offset, words).CopyTo(new Span<uint>(to + offset, words));
    }

    /// <summary>Appends a position.</summary>
    /// <param name="key">All heads, one after the other.</param>
    /// <param name="value">All heads, one after the other.</param>
    public void Append(ReadOnlySpan<float> key, ReadOnlySpan<float> value)
    {
        ObjectDisposedException.ThrowIf(_isFree, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, _capacity);
        for (var head = 0; head < _heads; head++)
            Store(head, Count, key.Slice(head * _width, _width), value.Slice(head * _width, _width));
        Count++;
    }

    /// <summary>Appends many positions.</summary>
    /// <param name="rows">For each position the key and then the value, each of all heads.</param>
    /// <param name="count">Positions.</param>
    /// <param name="parallel">Threads to use.</param>
    public void Append(TensorBuffer rows, int count, ParallelOptions parallel)
    {
        ObjectDisposedException.ThrowIf(_isFree, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Count + count, _capacity);
        var state = _heads * _width;
        Parallel.For(0, _heads, parallel, head =>
        {
            var all = rows.Span(count * 2 * state);
            for (var i = 0; i < count; i++)
                Store(head, Count + i, all.Slice((2 * i * state) + (head * _width), _width), all.Slice((((2 * i) + 1) * state) + (head * _width), _width));
        });
        Count += count;
    }

    /// <summary>softmax(q K' / sqrt(width)) V for one head.</summary>
    /// <param name="head">Which head.</param>
    /// <param name="query">The head's query.</param>
    /// <param name="count">How many positions to look at, from the first.</param>
    /// <param name="result">Receives the head's result.</param>
    /// <param name="trace">Receives each position's part of the attention; empty where nobody asks.</param>
    public void Attend(int head, ReadOnlySpan<float> query, int count, Span<float> result, Span<float> trace = default)
    {
        ObjectDisposedException.ThrowIf(_isFree, this);
        Span<float> scores = stackalloc float[(count + Pair - 1) / Pair * Pair];
        Score(head, query, scores);
        scores = scores[..count];
        // TensorPrimitives takes the exponentials as they are, and single precision has none above 88.
        TensorPrimitives.Subtract(scores, LogitMath.Max(scores), scores);
        TensorPrimitives.SoftMax<float>(scores, scores);
        if (!trace.IsEmpty)
            scores.CopyTo(trace);
        TensorPrimitives.Multiply(scores, _valueScales.AsSpan(head * _capacity, count), scores);
        Sum(head, scores, result);
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        _isFree = true;
        Free();
        GC.SuppressFinalize(this);
    }

    private static uint* Allocate(nuint words) => (uint*)NativeMemory.AlignedAlloc(words * sizeof(uint), Alignment);

    private static (Vector512<float> Low, Vector512<float> High) Unpack(uint* words)
    {
        // What the lower half leaves behind in the upper one is less than its last bit.
        var pair = Vector512.Load(words);
        return (Vector512.ConvertToSingle((pair << 16).AsInt32()), Vector512.ConvertToSingle(pair.AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int head, int position, ReadOnlySpan<float> key, ReadOnlySpan<float> value)
    {
        Span<int> steps = stackalloc int[_chunks * Pair];
        steps[_width..].Clear();
        _keyScales[(head * _capacity) + position] = ShortMath.Quantize(key, steps);
        var block = (short*)(_keys + ((((long)head * _capacity) + (position / Pair * Pair)) * _width / 2)) + (position % Lanes * 2) + (position % Pair / Lanes);
        for (var i = 0; i < _width; i++)
            block[i * Pair] = (short)steps[i];

        _valueScales[(head * _capacity) + position] = ShortMath.Quantize(value, steps);
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            var low = Vector512.Create<int>(steps.Slice(chunk * Pair, Lanes)).AsUInt32();
            var high = Vector512.Create<int>(steps.Slice((chunk * Pair) + Lanes, Lanes)).AsUInt32();
            var pair = (low & Vector512.Create(0xffffu)) | (high << 16);
            pair.Store(_values + (((((long)head * _chunks) + chunk) * _capacity) + position) * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(int head, ReadOnlySpan<float> query, Span<float> scores)
    {
        var keys = _keys + ((long)head * _capacity * _width / 2);
        var scales = _keyScales.AsSpan(head * _capacity, scores.Length);
        var scale = 1 / MathF.Sqrt(_width);
        for (var at = 0; at < scores.Length; at += Pair)
        {
            // Four sums at once, because each addition waits for the one before it.
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = 0; i < _width; i += 2, keys += Pair)
            {
                var (low, high) = Unpack(keys);
                a = Vector512.FusedMultiplyAdd(low, Vector512.Create(query[i]), a);
                b = Vector512.FusedMultiplyAdd(high, Vector512.Create(query[i]), b);
                (low, high) = Unpack(keys + Lanes);
                c = Vector512.FusedMultiplyAdd(low, Vector512.Create(query[i + 1]), c);
                d = Vector512.FusedMultiplyAdd(high, Vector512.Create(query[i + 1]), d);
            }

            ((a + c) * scale * Vector512.Create<float>(scales[at..])).CopyTo(scores[at..]);
            ((b + d) * scale * Vector512.Create<float>(scales[(at + Lanes)..])).CopyTo(scores[(at + Lanes)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int head, ReadOnlySpan<float> weights, Span<float> result)
    {
        Span<float> sums = stackalloc float[_chunks * Pair];
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            var values = _values + ((((long)head * _chunks) + chunk) * _capacity * Lanes);
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var t = 0;
            for (; t + 1 < weights.Length; t += 2, values += Pair)
            {
                var (low, high) = Unpack(values);
                a = Vector512.FusedMultiplyAdd(low, Vector512.Create(weights[t]), a);
                b = Vector512.FusedMultiplyAdd(high, Vector512.Create(weights[t]), b);
                (low, high) = Unpack(values + Lanes);
                c = Vector512.FusedMultiplyAdd(low, Vector512.Create(weights[t + 1]), c);
                d = Vector512.FusedMultiplyAdd(high, Vector512.Create(weights[t + 1]), d);
            }

            if (t < weights.Length)
            {
                var (low, high) = Unpack(values);
                a = Vector512.FusedMultiplyAdd(low, Vector512.Create(weights[t]), a);
                b = Vector512.FusedMultiplyAdd(high, Vector512.Create(weights[t]), b);
            }

            (a + c).CopyTo(sums[(chunk * Pair)..]);
            (b + d).CopyTo(sums[((chunk * Pair) + Lanes)..]);
        }

        sums[.._width].CopyTo(result);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_keys);
        NativeMemory.AlignedFree(_values);
        _keys = null;
        _values = null;
    }
}
