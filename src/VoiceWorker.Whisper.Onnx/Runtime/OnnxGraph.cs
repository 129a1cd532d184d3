using System.Globalization;
using System.Runtime.InteropServices;

namespace VoiceWorker.Whisper.Onnx.Runtime;

/// <summary>
/// Puts an ONNX graph together, node by node,
/// </summary>
internal sealed class OnnxGraph
{
    private const int IrVersion = 10;
    private const int OpSet = 20;
    private const string MicrosoftDomain = "com.microsoft";

    private readonly List<OnnxMessage> _nodes = [];
    private readonly List<OnnxMessage> _inputs = [];
    private readonly List<OnnxMessage> _outputs = [];
    private readonly List<OnnxMessage> _initializers = [];
    private int _names;

    /// <summary>Declares an input. Dimensions are numbers, or names where they vary.</summary>
    public string Input(string name, OnnxType type, params string[] shape)
    {
        _inputs.Add(ValueInfo(name, type, shape));
        return name;
    }

    /// <summary>Declares that a value is an output.</summary>
    public void Output(string name, OnnxType type, params string[] shape) => _outputs.Add(ValueInfo(name, type, shape));

    /// <summary>A small constant.</summary>
    public string Constant(params long[] values) => Constant(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), OnnxType.Int64, values.Length);

    /// <summary>A small constant.</summary>
    public string Constant(float value) => Constant(BitConverter.GetBytes(value), OnnxType.Float);

    /// <summary>A weight. The memory must not change before the session exists.</summary>
    public string Weight(OnnxType type, ReadOnlyMemory<byte> data, params long[] shape)
    {
        var name = NextName("w");
        _initializers.Add(Tensor(name, type, shape).Bytes(9, data));
        return name;
    }

    /// <summary>Adds a node of ONNX's own operators and returns the name of its output.</summary>
    public string Node(string op, string[] inputs, params OnnxAttribute[] attributes) => Node(op, "", inputs, 1, attributes)[0];

    /// <summary>Adds a node of ONNX Runtime's additional operators.</summary>
    public string Microsoft(string op, string[] inputs, params OnnxAttribute[] attributes) => Node(op, MicrosoftDomain, inputs, 1, attributes)[0];

    /// <summary>Adds a node of several outputs.</summary>
    public string[] Node(string op, string domain, string[] inputs, int outputs, params OnnxAttribute[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => NextName("v"))];
        Node(op, domain, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds a node whose outputs have names.</summary>
    public void Node(string op, string domain, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) =>
        _nodes.Add(new OnnxMessage()
            .Texts(1, inputs).Texts(2, outputs).Text(3, NextName(op)).Text(4, op)
            .Messages(5, attributes.Select(attribute => attribute.Message)).Text(7, domain));

    /// <summary>The graph as a model that a session can be made of.</summary>
    public byte[] ToBytes() => new OnnxMessage()
        .Number(1, IrVersion)
        .Message(7, new OnnxMessage().Messages(1, _nodes).Text(2, "whisper").Messages(5, _initializers).Messages(11, _inputs).Messages(12, _outputs))
        .Message(8, new OnnxMessage().Text(1, "").Number(2, OpSet))
        .Message(8, new OnnxMessage().Text(1, MicrosoftDomain).Number(2, 1))
        .ToBytes();

    private static OnnxMessage ValueInfo(string name, OnnxType type, string[] shape)
    {
        var dimensions = shape.Select(d => long.TryParse(d, CultureInfo.InvariantCulture, out var size) ? new OnnxMessage().Number(1, size) : new OnnxMessage().Text(2, d));
        var tensor = new OnnxMessage().Number(1, (long)type).Message(2, new OnnxMessage().Messages(1, dimensions));
        return new OnnxMessage().Text(1, name).Message(2, new OnnxMessage().Message(1, tensor));
    }

    private static OnnxMessage Tensor(string name, OnnxType type, long[] shape) => new OnnxMessage().Numbers(1, shape).Number(2, (long)type).Text(8, name);

    private string Constant(byte[] data, OnnxType type, params long[] shape)
    {
        var name = NextName("c");
        _initializers.Add(Tensor(name, type, shape).Bytes(9, data));
        return name;
    }

    private string NextName(string prefix) => $"{prefix}{_names++}";
}
