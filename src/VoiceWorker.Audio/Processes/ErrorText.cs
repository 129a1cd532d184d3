using System.Text;
using System.Text.RegularExpressions;

namespace VoiceWorker.Audio.Processes;

/// <summary>Makes a child's standard error fit for a message: one printable line.</summary>
public static partial class ErrorText
{
    private const int MaxLength = 300;

    /// <summary>The first line that is not empty, without control characters and addresses; empty if there is none.</summary>
    public static string FirstLine(string errors)
    {
        foreach (var line in errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var printable = Printable(line);
            if (printable.Length > 0)
                return printable;
        }

        return "";
    }

    private static string Printable(string line)
    {
        var text = new StringBuilder();
        foreach (var rune in MemoryAddress.Replace(line, "").EnumerateRunes())
        {
            if (text.Length == MaxLength)
                break;
            if (!Rune.IsControl(rune))
                text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }

    // ffmpeg prefixes its messages with "[opus @ 0x55d0c2a6f580]".
    [GeneratedRegex(" @ 0x[0-9a-f]+")]
    private static partial Regex MemoryAddress { get; }
}
