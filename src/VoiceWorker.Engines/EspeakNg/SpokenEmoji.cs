using System.Globalization;
using System.Text;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>
/// Emoji in a form in which espeak-ng names them. Its dictionaries know single emoji and the joined ones of Emoji 5 by
/// their bare code points; where anything else follows, a variation selector or a skin tone, the last word of the name is
/// lost ("red" for a red heart). One rule: what it knows goes to it bare and between spaces, so that it is named as if it
/// stood alone; joined emoji that it does not know are left out, since it would name their parts, each without its end.
/// </summary>
internal static class SpokenEmoji
{
    private const char Joiner = '\u200D';
    private const int Keycap = 0x20E3;
    private const int FirstSymbol = 0x2190;

    // The replacement character is among them.
    private const int FirstSpecial = 0xFFF0;

    // Joined with a sign of sex: person frowning + woman = woman frowning.
    private const string Persons = "🙍🙎🙅🙆💁🙋🙇🤦🤷👮💂👷👳👱🦸🦹🧙🧚🧛🧜🧝🧞🧟💆💇🚶🏃👯🧖🧗🏄🚣🏊⛹🚴🚵🤸🤼🤽🤾🤹🧘";

    // Joined with a man or a woman: woman + rocket = woman astronaut.
    private const string Professions = "⚕🎓🏫⚖🌾🍳🔧🏭💼🔬💻🎤🎨✈🚀🚒";

    // Families and couples are joined of these alone.
    private const string Family = "👨👩👧👦❤💋";

    // The eye in a speech bubble, the rainbow flag, the pirate flag.
    private static readonly string[] Others = ["👁\u200D🗨", "🏳\u200D🌈", "🏴\u200D☠"];

    private static readonly string[] FlagsOfTags = ["gbeng", "gbsct", "gbwls"];

    /// <summary>What to say for a character as readers see it (a grapheme cluster, UAX 29).</summary>
    /// <param name="cluster">Any character.</param>
    /// <returns>The bare emoji, or nothing for what is left out; null for what is no emoji.</returns>
    public static string? Of(string cluster)
    {
        var runes = cluster.EnumerateRunes().ToArray();
        if (runes.Any(rune => rune.Value == Keycap))
            return runes[0].ToString();
        var bare = string.Concat(runes.Where(rune => !IsSelector(rune) && !IsSkinTone(rune)));
        if (runes[0].Value is < FirstSymbol or (>= FirstSpecial and < 0x10000) || Rune.GetUnicodeCategory(runes[0]) != UnicodeCategory.OtherSymbol)
            return bare.Length < cluster.Length ? bare : null;

        bare = bare.Trim(Joiner);
        return bare.Contains(Joiner, StringComparison.Ordinal) ? IsKnown(bare) ? bare : ""
            : runes.Any(IsTag) ? FlagsOfTags.Contains(TagsOf(runes)) ? bare : ""
            : bare;
    }

    private static bool IsKnown(string joined)
    {
        var parts = joined.Split(Joiner);
        return Others.Contains(joined)
            || parts.All(part => part.Length > 0 && Family.Contains(part, StringComparison.Ordinal))
            || (parts is [{ Length: > 0 } person, "♀" or "♂"] && Persons.Contains(person, StringComparison.Ordinal))
            || (parts is ["👨" or "👩", { Length: > 0 } profession] && Professions.Contains(profession, StringComparison.Ordinal));
    }

    private static bool IsSelector(Rune rune) => rune.Value is 0xFE0E or 0xFE0F;

    private static bool IsSkinTone(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF;

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= 0xE007F;

    // Tags repeat ASCII elsewhere (Unicode, section 23.9); the last one ends the sequence.
    private static string TagsOf(Rune[] runes) => string.Concat(runes.Where(rune => IsTag(rune) && rune.Value < 0xE007F).Select(rune => (char)(rune.Value - 0xE0000)));
}
