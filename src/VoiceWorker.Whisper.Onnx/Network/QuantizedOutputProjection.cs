using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// The text tokens' embeddings as 8-bit integers, each token with one scale, and the logits that come of them. States are
/// multiplied as 16-bit integers, so that the weights alone are inexact; ONNX Runtime's operators for such weights round
/// the states to 8 bits, too, and take twice as long on a processor that has no instructions for that. Not thread-safe.
/// </summary>
/// <remarks>Weights lie as [16 tokens, pair of dimensions, token, 2].</remarks>
internal sealed unsafe class QuantizedOutputProjection : IDisposable
{
    private const int Tile = 4;
    private const int Panel = 16;
    private const int PanelsAtOnce = 64;
    private const int Lanes = 8;
    private const float WeightSteps = sbyte.MaxValue;

    private readonly int _panels;
    private readonly int _width;
    private readonly float _stateSteps;
    private readonly ParallelOptions _parallel;
    private readonly TensorBuffer _weights;
    private readonly TensorBuffer _scales;
    private readonly TensorBuffer _states;
    private readonly float[] _stateScales;

    /// <summary>Rounds the weights.</summary>
    /// <param name="embeddings">[tokens, width].</param>
    /// <param name="width">Dimensions, an even number.</param>
    /// <param name="maxRows">Rows to multiply at most.</param>
    /// <param name="threads">Threads to use.</param>
    public QuantizedOutputProjection(ReadOnlySpan<Half> embeddings, int width, int maxRows, int threads)
    {
        var tokens = embeddings.Length / width;
        (_panels, _width) = ((tokens + Panel - 1) / Panel, width);
        // The sum of all products has to fit into 32 bits.
        _stateSteps = Math.Min(short.MaxValue, MathF.Floor(int.MaxValue / (WeightSteps * width)));
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _weights = new((nint)_panels * Panel * width / sizeof(float));
        _scales = new(_panels * Panel);
        _states = new((nint)maxRows * width / 2);
        _stateScales = new float[maxRows];
        Span<float> row = new float[width];
        for (var token = 0; token < tokens; token++)
        {
            TensorPrimitives.ConvertToSingle(embeddings.Slice(token * width, width), row);
            Add(token, row);
        }
    }

    /// <summary>Floats that a row of logits must have room for: the tokens, rounded up to a multiple of 16.</summary>
    public int PaddedTokens => _panels * Panel;

    /// <summary>Computes logits.</summary>
    /// <param name="states">[rows, width].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="logits">Receives [rows, <paramref name="stride"/>], of which the first <see cref="PaddedTokens"/> are written.</param>
    /// <param name="stride">From one row to the next.</param>
    public void Multiply(TensorBuffer states, int rows, TensorBuffer logits, int stride)
    {
        for (var row = 0; row < rows; row++)
            Round(states.Span((row + 1) * _width)[(row * _width)..], row);
        var parts = (_panels + PanelsAtOnce - 1) / PanelsAtOnce;
        Parallel.For(0, parts, _parallel, part =>
        {
            for (var panel = part * PanelsAtOnce; panel < Math.Min((part + 1) * PanelsAtOnce, _panels); panel++)
                Multiply(panel, rows, logits.Pointer + (panel * Panel), stride);
        });
    }

    public void Dispose()
    {
        _weights.Dispose();
        _scales.Dispose();
        _states.Dispose();
    }

    private void Add(int token, ReadOnlySpan<float> row)
    {
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(row)) / WeightSteps;
        _scales.Pointer[token] = scale;
        var weights = (sbyte*)_weights.Pointer + ((long)(token / Panel) * Panel * _width) + (token % Panel * 2);
        for (var i = 0; i < _width; i++)
            weights[(i / 2 * 2 * Panel) + (i % 2)] = (sbyte)(scale == 0 ? 0 : MathF.Round(row[i] / scale));
    }

    private void Round(ReadOnlySpan<float> state, int row)
    {
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(state)) / _stateSteps;
        _stateScales[row] = scale;
        var rounded = (short*)_states.Pointer + ((long)row * _width);
        for (var i = 0; i < _width; i++)
            rounded[i] = (short)(scale == 0 ? 0 : MathF.Round(state[i] / scale));
    }

    private void Multiply(int panel, int rows, float* logits, int stride)
    {
        var weights = (sbyte*)_weights.Pointer + ((long)panel * Panel * _width);
        var scales = _scales.Pointer + (panel * Panel);
        var (low, high) = (Vector256.Load(scales), Vector256.Load(scales + Lanes));
        var sums = stackalloc int[Tile * Panel];
        for (var row = 0; row < rows;)
        {
            var states = (int*)_states.Pointer + ((long)row * _width / 2);
            var count = rows - row < Tile ? 1 : Tile;
            if (count == 1)
                MultiplyOne(states, weights, sums);
            else
                MultiplyFour(states, weights, sums);
            for (var i = 0; i < count; i++, row++)
            {
                var to = logits + ((long)row * stride);
                (Vector256.ConvertToSingle(Vector256.Load(sums + (i * Panel))) * low * _stateScales[row]).Store(to);
                (Vector256.ConvertToSingle(Vector256.Load(sums + (i * Panel) + Lanes)) * high * _stateScales[row]).Store(to + Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyOne(int* states, sbyte* weights, int* sums)
    {
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var pair = 0;
        for (; pair + 1 < _width / 2; pair += 2, weights += 4 * Panel)
        {
            var (first, second) = (Vector256.Create(states[pair]).AsInt16(), Vector256.Create(states[pair + 1]).AsInt16());
            a += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights), first);
            b += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights + Panel), first);
            c += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights + (2 * Panel)), second);
            d += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights + (3 * Panel)), second);
        }

        if (pair < _width / 2)
        {
            a += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights), Vector256.Create(states[pair]).AsInt16());
            b += ShortMath.MultiplyAndAddPairs(ShortMath.Widen(weights + Panel), Vector256.Create(states[pair]).AsInt16());
        }

        (a + c).Store(sums);
        (b + d).Store(sums + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyFour(int* states, sbyte* weights, int* sums)
    {
        var (sum0, sum0High, sum1, sum1High) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum2, sum2High, sum3, sum3High) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        int* states1 = states + (_width / 2), states2 = states1 + (_width / 2), states3 = states2 + (_width / 2);
        for (nint pair = 0; pair < _width / 2; pair++, weights += 2 * Panel)
        {
            var (low, high) = (ShortMath.Widen(weights), ShortMath.Widen(weights + Panel));
            var x = Vector256.Create(states[pair]).AsInt16();
            sum0 += ShortMath.MultiplyAndAddPairs(x, low);
            sum0High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(states1[pair]).AsInt16();
            sum1 += ShortMath.MultiplyAndAddPairs(x, low);
            sum1High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(states2[pair]).AsInt16();
            sum2 += ShortMath.MultiplyAndAddPairs(x, low);
            sum2High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(states3[pair]).AsInt16();
            sum3 += ShortMath.MultiplyAndAddPairs(x, low);
            sum3High += ShortMath.MultiplyAndAddPairs(x, high);
        }

        sum0.Store(sums);
        sum0High.Store(sums + Lanes);
        sum1.Store(sums + (2 * Lanes));
        sum1High.Store(sums + (3 * Lanes));
        sum2.Store(sums + (4 * Lanes));
        sum2High.Store(sums + (5 * Lanes));
        sum3.Store(sums + (6 * Lanes));
        sum3High.Store(sums + (7 * Lanes));
    }
}
