using System.Text;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>A model's text tokens.</summary>
internal sealed class Vocabulary
{
    private readonly IReadOnlyList<byte[]> _tokens;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly int _longest;

    public Vocabulary(IReadOnlyList<byte[]> tokens)
    {
        _tokens = tokens;
        _longest = tokens.Max(token => token.Length);
        for (var id = 0; id < tokens.Count; id++)
            _ids[Key(tokens[id])] = id;
        Space = _ids[" "];
    }

    /// <summary>The token that is a single space.</summary>
    public int Space { get; }

    /// <summary>The text of tokens; special tokens have none.</summary>
    public string Decode(IEnumerable<int> tokens) =>
        Encoding.UTF8.GetString([.. tokens.Where(token => token < _tokens.Count).SelectMany(token => _tokens[token])]);

    /// <summary>Cuts a text into tokens, always taking the longest one that fits. Bytes without a token are left out.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        var rest = Encoding.UTF8.GetBytes(text).AsSpan();
        var ids = new List<int>();
        while (rest.Length > 0)
        {
            var length = Math.Min(rest.Length, _longest);
            while (length > 0 && !_ids.ContainsKey(Key(rest[..length])))
                length--;
            if (length > 0)
                ids.Add(_ids[Key(rest[..length])]);
            rest = rest[Math.Max(length, 1)..];
        }

        return ids;
    }

    private static string Key(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
