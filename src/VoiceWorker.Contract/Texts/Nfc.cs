using System.Text;

namespace VoiceWorker.Contract.Texts;

/// <summary>
/// Unicode's composed form, NFC (UAX 15): <c>e</c> and a combining accent become <c>é</c>. .NET's own
/// <see cref="string.Normalize()"/> returns every text as it is in invariant mode, in which the worker runs.
/// </summary>
public static class Nfc
{
    // Below this every text is composed.
    private const char FirstUnstable = '\u0300';

    // Hangul syllables are composed by arithmetic (Unicode, section 3.12).
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Composes a text.</summary>
    /// <param name="text">Any text; half a surrogate pair becomes U+FFFD.</param>
    /// <returns>The same string where there is nothing to do.</returns>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstUnstable - 1)) || IsComposed(text))
            return text;
        var codes = Decompose(text);
        Reorder(codes);
        return Join(codes);
    }

    private static bool IsComposed(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isHalf = rune == Rune.ReplacementChar && text[at] != '\uFFFD';
            if (isHalf || IsJamo(rune.Value) || (rune.Value >= FirstUnstable && UnicodeTables.Instance.IsUnstable(rune.Value)))
                return false;
            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            Add(rune.Value);
        return codes;

        void Add(int code)
        {
            if (code is >= SyllableBase and < SyllableBase + SyllableCount)
            {
                var index = code - SyllableBase;
                codes.Add(LeadBase + (index / (VowelCount * TrailCount)));
                codes.Add(VowelBase + (index / TrailCount % VowelCount));
                if (index % TrailCount > 0)
                    codes.Add(TrailBase + (index % TrailCount));
            }
            else if (UnicodeTables.Instance.DecompositionOf(code) is { } parts)
            {
                foreach (var part in parts)
                    Add(part);
            }
            else
            {
                codes.Add(code);
            }
        }
    }

    /// <summary>Sorts the marks behind each base by their class; marks of one class keep their order.</summary>
    private static void Reorder(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            var end = start;
            while (end < codes.Count && UnicodeTables.Instance.ClassOf(codes[end]) != 0)
                end++;
            if (end - start > 1)
            {
                var sorted = codes[start..end].OrderBy(UnicodeTables.Instance.ClassOf).ToList();
                for (var i = 0; i < sorted.Count; i++)
                    codes[start + i] = sorted[i];
            }

            start = end;
        }
    }

    private static string Join(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var code in codes)
        {
            var mark = UnicodeTables.Instance.ClassOf(code);
            // A mark reaches its base only past marks of lower classes; another base only where nothing is between.
            var reaches = starter >= 0 && (composed.Count - 1 == starter || (lastClass != 0 && lastClass < mark));
            if (reaches && Pair(composed[starter], code) is > 0 and var pair)
            {
                composed[starter] = pair;
                continue;
            }

            (starter, lastClass) = (mark == 0 ? composed.Count : starter, mark);
            composed.Add(code);
        }

        var text = new StringBuilder(composed.Count + 16);
        foreach (var code in composed)
            text.Append(new Rune(code).ToString());
        return text.ToString();
    }

    private static int Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        return first is >= SyllableBase and < SyllableBase + SyllableCount && (first - SyllableBase) % TrailCount == 0 && second is > TrailBase and < TrailBase + TrailCount
            ? first + second - TrailBase
            : UnicodeTables.Instance.Compose(first, second);
    }

    private static bool IsJamo(int code) => code is >= VowelBase and < VowelBase + VowelCount or > TrailBase and < TrailBase + TrailCount;
}
