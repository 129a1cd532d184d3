using System.Text;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Makes any text safe to hand to espeak-ng as plain words.</summary>
internal static class SpokenText
{
    /// <summary>UTF-8 without control characters, and without the brackets that espeak-ng takes for phoneme codes.</summary>
    public static byte[] Encode(string text)
    {
        var clean = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '[' && clean is [.., '['])
                clean.Append(' ');
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return Encoding.UTF8.GetBytes(clean.ToString());
    }
}
