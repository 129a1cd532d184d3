using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// The encoder's attention of every position over every position, which takes most of a small model's time. Queries and
/// keys are multiplied as integers of 13 bits and sign, with a scale for each of them, which loses no more than the half
/// precision that whisper.cpp takes them in; the rest is in single precision. Not thread-safe; its memory is set aside once.
/// </summary>
/// <remarks>
/// A block of queries goes through all keys, then through all values, while its scores stay in the second-level cache.
/// Keys lie as [head, 16 positions, pair of dimensions, position, 2], values as [head, 16 dimensions, position, 16], as
/// <see cref="ShortTile"/> and <see cref="MatrixTile"/> want them.
/// </remarks>
internal sealed unsafe class SelfAttention : IDisposable
{
    private const int QueryBlock = 4 * MatrixTile.Rows;
    private const int KeyBlock = 8 * MatrixTile.Columns;
    private readonly int _heads;
    private readonly int _width;
    private readonly int _capacity;
    private readonly float _steps;
    private readonly ParallelOptions _parallel;
    private readonly TensorBuffer _keys;
    private readonly TensorBuffer _keyScales;
    private readonly TensorBuffer _values;
    private readonly TensorBuffer[] _scratch;

    /// <summary>Sets the memory aside.</summary>
    /// <param name="heads">Attention heads.</param>
    /// <param name="width">Dimensions of a head, a multiple of 16.</param>
    /// <param name="positions">Positions at most.</param>
    /// <param name="threads">Threads to use.</param>
    public SelfAttention(int heads, int width, int positions, int threads)
    {
        (_heads, _width, _capacity, _steps) = (heads, width, Padded(positions), ShortTile.Steps(width));
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        (_keys, _keyScales, _values) = (new(heads * width * _capacity / 2), new(heads * _capacity), new(heads * width * _capacity));
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new TensorBuffer(QueryBlock * (_capacity + (2 * width))))];
    }

    /// <summary>softmax(Q K' / sqrt(width)) V.</summary>
    /// <param name="projected">[positions, 3 * state]: queries, keys and values, each of all heads.</param>
    /// <param name="positions">Positions.</param>
    /// <param name="attended">Receives [positions, state].</param>
    public void Attend(TensorBuffer projected, int positions, TensorBuffer attended)
    {
        Parallel.For(0, _heads, _parallel, head => LayOut(projected, positions, head));
        var blocks = (positions + QueryBlock - 1) / QueryBlock;
        var next = -1;
        Parallel.For(0, _scratch.Length, _parallel, worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < _heads * blocks; i = Interlocked.Increment(ref next))
                AttendBlock(projected, positions, i / blocks, i % blocks * QueryBlock, attended, _scratch[worker]);
        });
    }

    public void Dispose()
    {
        _keys.Dispose();
        _keyScales.Dispose();
        _values.Dispose();
        Array.ForEach(_scratch, scratch => scratch.Dispose());
    }

    private static int Padded(int positions) => (positions + MatrixTile.Columns - 1) / MatrixTile.Columns * MatrixTile.Columns;

    private float* Row(TensorBuffer projected, int position, int part, int head) =>
        projected.Pointer + ((((3L * position) + part) * _heads + head) * _width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Steps(float* values, Vector256<float> scale) => Vector256.ConvertToInt32Native(Vector256.Round(Vector256.Load(values) * scale));

    // Rounds to pairs of integers, so many pairs apart, and returns their scale.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Round(float* from, int* to, int apart)
    {
        var most = Vector256<float>.Zero;
        for (var i = 0; i < _width; i += Vector256<float>.Count)
            most = Vector256.MaxNative(most, Vector256.Abs(Vector256.Load(from + i)));
        var max = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
            max = MathF.Max(max, most[lane]);

        var steps = stackalloc short[_width];
        var scale = Vector256.Create(max == 0 ? 0 : _steps / max);
        for (var i = 0; i < _width; i += 2 * Vector256<float>.Count)
            Vector256.Narrow(Steps(from + i, scale), Steps(from + i + Vector256<float>.Count, scale)).Store(steps + i);
        for (var i = 0; i < _width / 2; i++)
            to[i * apart] = ((int*)steps)[i];
        return max / _steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LayOut(TensorBuffer projected, int positions, int head)
    {
        var keys = (int*)_keys.Pointer + ((long)head * _width / 2 * _capacity);
        var keyScales = _keyScales.Pointer + ((long)head * _capacity);
        var values = _values.Pointer + ((long)head * _width * _capacity);
        for (var position = 0; position < positions; position++)
        {
            var panel = keys + ((long)(position / MatrixTile.Columns) * _width / 2 * MatrixTile.Columns);
            keyScales[position] = Round(Row(projected, position, 1, head), panel + (position % MatrixTile.Columns), MatrixTile.Columns);
            var value = Row(projected, position, 2, head);
            for (var i = 0; i < _width; i += Vector256<float>.Count)
                Vector256.Load(value + i).Store(values + ((long)(i / MatrixTile.Columns) * _capacity * MatrixTile.Columns) + ((long)position * MatrixTile.Columns) + (i % MatrixTile.Columns));
        }

        // Nobody looks at the keys behind the last one; values there are multiplied by zero, and must be numbers.
        for (var i = 0; i < _width; i += MatrixTile.Columns)
            new Span<float>(values + ((((long)i / MatrixTile.Columns * _capacity) + positions) * MatrixTile.Columns), (Padded(positions) - positions) * MatrixTile.Columns).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AttendBlock(TensorBuffer projected, int positions, int head, int first, TensorBuffer attended, TensorBuffer scratch)
    {
        var (rows, padded) = (Math.Min(QueryBlock, positions - first), Padded(positions));
        float* scores = scratch.Pointer, queries = scores + (QueryBlock * padded), sums = queries + (QueryBlock * _width);
        new Span<float>(queries, 2 * QueryBlock * _width).Clear();
        var scales = stackalloc float[QueryBlock];
        for (var row = 0; row < rows; row++)
            scales[row] = Round(Row(projected, first + row, 0, head), (int*)queries + (row * _width / 2), 1) * MathF.Log2(MathF.E) / MathF.Sqrt(_width);

        var keys = (short*)_keys.Pointer + ((long)head * _width * _capacity);
        for (var at = 0; at < padded; at += MatrixTile.Columns)
        {
            for (var row = 0; row < rows; row += MatrixTile.Rows)
                ShortTile.Multiply((int*)queries + (row * _width / 2), scales + row, keys + (at * _width), _keyScales.Pointer + ((long)head * _capacity) + at, scores + (row * padded) + at, padded, _width / 2);
        }

        for (var row = 0; row < rows; row++)
            scales[row] = 1 / Softmax.PowersOfTwo(new Span<float>(scores + (row * padded), padded), positions);

        var values = _values.Pointer + ((long)head * _width * _capacity);
        for (var at = 0; at < padded; at += KeyBlock)
        {
            for (var i = 0; i < _width; i += MatrixTile.Columns)
            {
                var block = values + ((long)(i / MatrixTile.Columns) * _capacity * MatrixTile.Columns) + ((long)at * MatrixTile.Columns);
                for (var row = 0; row < rows; row += MatrixTile.Rows)
                    MatrixTile.MultiplyAndAdd(scores + (row * padded) + at, padded, block, sums + (row * _width) + i, _width, Math.Min(KeyBlock, padded - at));
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < _width; i += Vector256<float>.Count)
                (Vector256.Load(sums + (row * _width) + i) * scales[row]).Store(attended.Pointer + (((((long)first + row) * _heads) + head) * _width) + i);
        }
    }
}
