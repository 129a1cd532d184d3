namespace VoiceWorker.Whisper.Ggml;

/// <summary>Block sizes of <see cref="GgmlType"/> (ggml's <c>ggml-common.h</c>), and the types that a whole file's type number stands for.</summary>
public static class GgmlTypes
{
    /// <summary>ggml counts the versions of its quantized layouts in thousands on top of a file's type.</summary>
    private const int QuantizationVersionFactor = 1000;

    /// <summary>Values in one block, and the block's size in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a type of <see cref="GgmlType"/>.</exception>
    public static (int Values, int Bytes) Block(this GgmlType type) => type switch
    {
        GgmlType.F32 => (1, 4),
        GgmlType.F16 => (1, 2),
        GgmlType.Q40 => (32, 18),
        GgmlType.Q41 => (32, 20),
        GgmlType.Q50 => (32, 22),
        GgmlType.Q51 => (32, 24),
        GgmlType.Q80 => (32, 34),
        GgmlType.Q2K => (256, 84),
        GgmlType.Q3K => (256, 110),
        GgmlType.Q4K => (256, 144),
        GgmlType.Q5K => (256, 176),
        GgmlType.Q6K => (256, 210),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown ggml type"),
    };

    /// <summary>ggml's own name of a type: <c>q5_0</c>, <c>q4_k</c>.</summary>
    public static string DisplayName(this GgmlType type) => type switch
    {
        GgmlType.F32 => "f32",
        GgmlType.F16 => "f16",
        GgmlType.Q40 => "q4_0",
        GgmlType.Q41 => "q4_1",
        GgmlType.Q50 => "q5_0",
        GgmlType.Q51 => "q5_1",
        GgmlType.Q80 => "q8_0",
        GgmlType.Q2K => "q2_k",
        GgmlType.Q3K => "q3_k",
        GgmlType.Q4K => "q4_k",
        GgmlType.Q5K => "q5_k",
        GgmlType.Q6K => "q6_k",
        _ => $"type {(int)type}",
    };

    /// <summary>The type of a file's matrices, from the last number of its header; null when there is no such file type.</summary>
    public static GgmlType? OfFile(int fileType) => (fileType % QuantizationVersionFactor) switch
    {
        0 => GgmlType.F32,
        1 => GgmlType.F16,
        2 => GgmlType.Q40,
        3 => GgmlType.Q41,
        7 => GgmlType.Q80,
        8 => GgmlType.Q50,
        9 => GgmlType.Q51,
        10 => GgmlType.Q2K,
        11 => GgmlType.Q3K,
        12 => GgmlType.Q4K,
        13 => GgmlType.Q5K,
        14 => GgmlType.Q6K,
        _ => null,
    };
}
