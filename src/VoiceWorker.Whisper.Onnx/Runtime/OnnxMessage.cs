using Google.Protobuf;

namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>
/// Writes the few protobuf messages that a graph needs. No package carries ONNX's schema for .NET; the field numbers are
/// those of the public <c>onnx.proto3</c>. Nothing is copied before <see cref="ToBytes"/>, which writes all of it once.
/// </summary>
internal sealed class OnnxMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];
    private int _size;

    public OnnxMessage Text(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), output => output.WriteString(value));

    public OnnxMessage Number(int field, long value) =>
        Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), output => output.WriteInt64(value));

    public OnnxMessage Number(int field, float value) =>
        Add(field, WireFormat.WireType.Fixed32, sizeof(float), output => output.WriteFloat(value));

    public OnnxMessage Bytes(int field, ReadOnlyMemory<byte> value)
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(value);
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeBytesSize(bytes), output => output.WriteBytes(bytes));
    }

    public OnnxMessage Message(int field, OnnxMessage value) =>
        Add(field, WireFormat.WireType.LengthDelimited, checked(CodedOutputStream.ComputeLengthSize(value._size) + value._size), output =>
        {
            output.WriteLength(value._size);
            value.WriteTo(output);
        });

    public OnnxMessage Texts(int field, IEnumerable<string> values) => Each(values, value => Text(field, value));

    public OnnxMessage Numbers(int field, IEnumerable<long> values) => Each(values, value => Number(field, value));

    public OnnxMessage Messages(int field, IEnumerable<OnnxMessage> values) => Each(values, value => Message(field, value));

    public byte[] ToBytes()
    {
        var bytes = new byte[_size];
        WriteTo(new CodedOutputStream(bytes));
        return bytes;
    }

    private OnnxMessage Add(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        _size = checked(_size + CodedOutputStream.ComputeTagSize(field) + size);
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }

    private OnnxMessage Each<T>(IEnumerable<T> values, Func<T, OnnxMessage> add)
    {
        foreach (var value in values)
            add(value);
        return this;
    }

    private void WriteTo(CodedOutputStream output)
    {
        foreach (var field in _fields)
            field(output);
    }
}
