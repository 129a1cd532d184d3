namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>An attribute of a node: <c>AttributeProto</c>.</summary>
internal sealed class OnnxAttribute
{
    private const int NameField = 1;
    private const int TypeField = 20;

    private OnnxAttribute(OnnxMessage message) => Message = message;

    public OnnxMessage Message { get; }

    public static OnnxAttribute Of(string name, long value) => new(Named(name, type: 2).Number(3, value));

    public static OnnxAttribute Of(string name, float value) => new(Named(name, type: 1).Number(2, value));

    public static OnnxAttribute Of(string name, params long[] values) => new(Named(name, type: 7).Numbers(8, values));

    private static OnnxMessage Named(string name, int type) => new OnnxMessage().Text(NameField, name).Number(TypeField, type);
}
