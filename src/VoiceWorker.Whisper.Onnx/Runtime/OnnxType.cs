namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>Element types of tensors, with <c>TensorProto.DataType</c>'s numbers.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
}
