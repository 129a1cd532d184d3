namespace VoiceWorker.Whisper.Ggml;

/// <summary>How a tensor's values are stored; the numbers are those of ggml's files.</summary>
public enum GgmlType
{
    /// <summary>IEEE 754 single precision.</summary>
    F32 = 0,

    /// <summary>IEEE 754 half precision.</summary>
    F16 = 1,

    /// <summary>4 bits and a scale for 32 values.</summary>
    Q40 = 2,

    /// <summary>4 bits, a scale and a minimum for 32 values.</summary>
    Q41 = 3,

    /// <summary>5 bits and a scale for 32 values.</summary>
    Q50 = 6,

    /// <summary>5 bits, a scale and a minimum for 32 values.</summary>
    Q51 = 7,

    /// <summary>8 bits and a scale for 32 values.</summary>
    Q80 = 8,

    /// <summary>2-bit k-quants, 256 values a block.</summary>
    Q2K = 10,

    /// <summary>3-bit k-quants, 256 values a block.</summary>
    Q3K = 11,

    /// <summary>4-bit k-quants, 256 values a block.</summary>
    Q4K = 12,

    /// <summary>5-bit k-quants, 256 values a block.</summary>
    Q5K = 13,

    /// <summary>6-bit k-quants, 256 values a block.</summary>
    Q6K = 14,
}
