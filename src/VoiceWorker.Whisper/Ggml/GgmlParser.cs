using System.Text;

namespace VoiceWorker.Whisper.Ggml;

/// <summary>
/// Reads and checks the layout that whisper.cpp's <c>convert-pt-to-ggml.py</c> writes: magic, header, mel filters,
/// vocabulary, tensors until the end of the file.
/// </summary>
internal static class GgmlParser
{
    public const int Magic = 0x67676d6c;
    private const int FilterBins = 201;
    private const int MaxTokenBytes = 1024;
    private const int MaxNameBytes = 128;

    public static GgmlContents Parse(Stream stream)
    {
        var reader = new GgmlStreamReader(stream);
        var dimensions = ParseHeader(reader);
        var filters = ParseFilters(reader, dimensions);
        var vocabulary = ParseVocabulary(reader, dimensions);
        return new(dimensions, filters, vocabulary, ParseTensors(reader, dimensions));
    }

    private static WhisperDimensions ParseHeader(GgmlStreamReader reader)
    {
        var magic = reader.ReadInt32("the magic number");
        if (magic != Magic)
            throw new GgmlFormatException($"the file begins with 0x{magic:x8}, not with 0x{Magic:x8}: this is no ggml model file of whisper.cpp (GGUF, ONNX and PyTorch files are not read)");
        var dimensions = new WhisperDimensions(
            Field("n_vocab"), Field("n_audio_ctx"), Field("n_audio_state"), Field("n_audio_head"), Field("n_audio_layer"),
            Field("n_text_ctx"), Field("n_text_state"), Field("n_text_head"), Field("n_text_layer"), Field("n_mels"), Field("ftype"));
        WhisperDimensionRules.Check(dimensions);
        return dimensions;

        int Field(string name) => reader.ReadInt32($"the header's {name}");
    }

    private static MelFilters ParseFilters(GgmlStreamReader reader, WhisperDimensions dimensions)
    {
        var bands = reader.ReadInt32("the number of mel filters");
        var bins = reader.ReadInt32("the width of the mel filters");
        if (bands != dimensions.Mels || bins != FilterBins)
            throw new GgmlFormatException($"the mel filters are {bands} x {bins}; they must be {dimensions.Mels} x {FilterBins}");
        var weights = reader.ReadFloats(bands * bins, "the mel filters");
        var wrong = Array.FindIndex(weights, weight => !float.IsFinite(weight) || weight < 0);
        if (wrong >= 0)
            throw new GgmlFormatException($"mel filter {wrong / bins} has the weight {weights[wrong]}; weights must be finite and not negative");
        return new(bands, bins, weights);
    }

    private static byte[][] ParseVocabulary(GgmlStreamReader reader, WhisperDimensions dimensions)
    {
        var count = reader.ReadInt32("the size of the vocabulary");
        if (count < 1 || count > dimensions.Vocabulary)
            throw new GgmlFormatException($"the vocabulary has {count} tokens; it must have 1 to {dimensions.Vocabulary}");
        var tokens = new byte[count][];
        for (var id = 0; id < count; id++)
        {
            var length = reader.ReadInt32($"the length of token {id}");
            if (length is < 0 or > MaxTokenBytes)
                throw new GgmlFormatException($"token {id} is {length} bytes long; at most {MaxTokenBytes} are allowed");
            tokens[id] = reader.ReadBytes(length, $"token {id}");
        }

        // whisper.cpp looks it up unasked and ends the process when it is not there.
        if (!tokens.Any(token => token is [(byte)' ']))
            throw new GgmlFormatException("the vocabulary lacks the token that is a single space");
        return tokens;
    }

    private static Dictionary<string, GgmlTensor> ParseTensors(GgmlStreamReader reader, WhisperDimensions dimensions)
    {
        var expected = WhisperTensors.Expected(dimensions);
        var found = new Dictionary<string, GgmlTensor>(StringComparer.Ordinal);
        while (!reader.AtEnd)
        {
            var tensor = ParseTensor(reader, expected);
            if (!found.TryAdd(tensor.Name, tensor))
                throw new GgmlFormatException($"tensor '{tensor.Name}' is there twice");
        }

        var missing = expected.Keys.Where(name => !found.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            throw new GgmlFormatException($"{missing.Count} of {expected.Count} tensors are missing, the first is '{missing[0]}': the file is truncated or of another model; fetch it again");
        return found;
    }

    private static GgmlTensor ParseTensor(GgmlStreamReader reader, Dictionary<string, (GgmlType Type, int[] Shape)> expected)
    {
        var at = reader.Position;
        var rank = reader.ReadInt32("a tensor's number of dimensions");
        var nameLength = reader.ReadInt32("the length of a tensor's name");
        var type = (GgmlType)reader.ReadInt32("a tensor's type");
        if (rank is < 1 or > 4 || nameLength is < 1 or > MaxNameBytes)
            throw new GgmlFormatException($"no tensor begins at byte {at}: {rank} dimensions and a name of {nameLength} bytes are out of range; the file is damaged");

        var shape = new int[rank];
        for (var i = rank - 1; i >= 0; i--)
            shape[i] = reader.ReadInt32("a tensor's dimensions");
        var name = Encoding.UTF8.GetString(reader.ReadBytes(nameLength, "a tensor's name"));
        if (!expected.TryGetValue(name, out var right))
            throw new GgmlFormatException($"the tensor at byte {at} has a name that no whisper model has: '{Printable(name)}'");
        if (!shape.SequenceEqual(right.Shape))
            throw new GgmlFormatException($"tensor '{name}' is [{string.Join(", ", shape)}]; by the header it must be [{string.Join(", ", right.Shape)}]");
        if (type != right.Type)
            throw new GgmlFormatException($"tensor '{name}' is of type {type.DisplayName()}; by the header's ftype it must be {right.Type.DisplayName()}");

        var block = type.Block();
        var bytes = shape.Aggregate(1L, (product, dimension) => product * dimension) / block.Values * block.Bytes;
        var offset = reader.Position;
        reader.Skip(bytes, $"the data of tensor '{name}'");
        return new(name, type, shape, offset, bytes);
    }

    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
