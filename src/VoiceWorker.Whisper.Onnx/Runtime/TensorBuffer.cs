using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>Float memory outside the garbage-collected heap that sessions read from and write to.</summary>
internal sealed unsafe class TensorBuffer : IDisposable
{
    private const int Alignment = 64;
    private readonly nint _length;
    private float* _data;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="length">The number of floats.</param>
    public TensorBuffer(nint length)
    {
        _length = length;
        _data = (float*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(float)), Alignment);
        NativeMemory.Clear(_data, (nuint)(length * sizeof(float)));
    }

    ~TensorBuffer() => Free();

    /// <summary>Where it begins, at a multiple of 64 bytes.</summary>
    public float* Pointer => _data;

    /// <summary>The first floats of the buffer.</summary>
    public Span<float> Span(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        return new(_data, length);
    }

    /// <summary>The beginning of the buffer as a tensor. The buffer must outlive it.</summary>
    public OrtValue View(params long[] shape) => ViewFrom(0, shape);

    /// <summary>A part of the buffer as a tensor. The buffer must outlive it.</summary>
    public OrtValue ViewFrom(nint offset, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, dimension) => product * dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, _length);
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)(_data + offset), count * sizeof(float));
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
    }
}
