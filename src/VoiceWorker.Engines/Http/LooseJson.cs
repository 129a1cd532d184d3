using System.Buffers;

namespace VoiceWorker.Engines.Http;

/// <summary>JSON as Python's json module writes it by default: with <c>NaN</c> and <c>Infinity</c>, which JSON does not have.</summary>
internal static class LooseJson
{
    /// <summary>Makes null of the numbers that JSON does not have.</summary>
    /// <param name="json">An answer that is no JSON.</param>
    /// <returns>A copy without them; empty when there are none.</returns>
    public static ReadOnlySpan<byte> WithoutNaN(ReadOnlySpan<byte> json)
    {
        var strict = new ArrayBufferWriter<byte>(json.Length + 16);
        var kept = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
            {
                i = EndOfString(json, i);
                continue;
            }

            var rest = json[i..];
            var length = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("-Infinity"u8) ? 9 : rest.StartsWith("Infinity"u8) ? 8 : 0;
            if (length == 0)
                continue;
            strict.Write(json[kept..i]);
            strict.Write("null"u8);
            kept = i + length;
            i = kept - 1;
        }

        if (kept == 0)
            return [];
        strict.Write(json[kept..]);
        return strict.WrittenSpan;
    }

    private static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        for (var i = start + 1; i < json.Length; i++)
        {
            if (json[i] == '\\')
                i++;
            else if (json[i] == '"')
                return i;
        }

        return json.Length;
    }
}
