using System.Globalization;
using System.Text;
using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Makes any text safe to hand to espeak-ng as plain words.</summary>
internal static class SpokenText
{
    /// <summary>The plain text in one line, its emoji as espeak-ng names them, without the brackets that espeak-ng takes for phoneme codes.</summary>
    /// <returns>Empty where there is nothing to say.</returns>
    public static string Of(string text)
    {
        var plain = PlainText.Of(text);
        var clean = new StringBuilder(plain.Length + 8);
        for (var at = 0; at < plain.Length;)
        {
            var cluster = plain.Substring(at, StringInfo.GetNextTextElementLength(plain, at));
            at += cluster.Length;
            if (SpokenEmoji.Of(cluster) is { } emoji)
                clean.Append(' ').Append(emoji).Append(' ');
            else if (cluster is "\n")
                clean.Append(' ');
            else
                clean.Append(cluster);
        }

        clean.Replace("[[", "[ [").Replace("[[", "[ [");
        return WhiteSpace.Tidy(clean.ToString());
    }

    /// <summary>
    /// Its UTF-8, with a line feed behind it, which costs no sound: espeak-ng 1.51 as Ubuntu builds it loses the last byte
    /// of its standard input.
    /// </summary>
    public static byte[] Encode(string spoken) => Encoding.UTF8.GetBytes(spoken + "\n");
}
