using System.Text.RegularExpressions;

namespace VoiceWorker.Contract.Texts;

/// <summary>A language as BCP 47 writes it: <c>es</c>, <c>pt-BR</c>, <c>zh-Hant-TW</c>. Variants and extensions are not kept.</summary>
/// <param name="Language">ISO 639-1 code in lower case; three letters where a language has no other.</param>
/// <param name="Script">ISO 15924 code (<c>Hant</c>); null when none is named.</param>
/// <param name="Region">ISO 3166 code in upper case or UN M.49 number (<c>BR</c>, <c>419</c>); null when none is named.</param>
public readonly partial record struct LanguageTag(string Language, string? Script = null, string? Region = null)
{
    /// <summary>What to write instead of a text that is no language.</summary>
    internal const string Examples = "a language such as 'es', 'pt-BR' or 'spa' (BCP 47)";

    private const int LongestText = 64;

    /// <summary>Whether script or region are named.</summary>
    public bool HasVariant => Script is not null || Region is not null;

    /// <summary>
    /// Reads a tag in any case, with <c>-</c> or <c>_</c> between its parts, as a locale (<c>en_US.UTF-8</c>), or the
    /// English name of a language. Two letters must be a language of ISO 639-1; three may be any, since engines know
    /// more than a list here could hold.
    /// </summary>
    public static bool TryParse(string? text, out LanguageTag tag)
    {
        tag = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 2 or > LongestText)
            return false;
        if (Languages.CodeOf(trimmed) is { } code)
            tag = new(code);
        else if (Languages.CodeOfName(trimmed.ToString()) is { } named)
            tag = new(named);
        else if (Form.Match(trimmed.ToString()) is { Success: true } match)
            tag = Of(match);
        return tag.Language is not null;
    }

    /// <summary>Whether two texts name the same language, whatever their script and region.</summary>
    public static bool IsSameLanguage(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase) || (TryParse(one, out var first) && TryParse(other, out var second) && first.Language == second.Language);

    /// <summary>The tag as BCP 47 writes it.</summary>
    public override string ToString() => string.Join('-', new[] { Language, Script, Region }.Where(part => part is not null));

    private static LanguageTag Of(Match match)
    {
        // In zh-yue the second part is the language that is meant.
        var code = match.Groups["language"].Value.ToLowerInvariant();
        var language = match.Groups["extended"] is { Success: true, Value: var extended } ? Languages.CodeOf(extended) : Languages.CodeOf(code) ?? (code.Length == 3 ? code : null);
        if (language is null)
            return default;
        var script = match.Groups["script"] is { Success: true, Value: var letters } ? char.ToUpperInvariant(letters[0]) + letters[1..].ToLowerInvariant() : null;
        var region = match.Groups["region"] is { Success: true, Value: var place } ? place.ToUpperInvariant() : null;
        // Where Chinese is written in the other script, the region says so.
        if (language == "zh" && script is null && region is "TW" or "HK" or "MO")
            script = "Hant";
        return new(language, script, region);
    }

    // RFC 5646, 2.1, with the locale's encoding and modifier behind it (en_US.UTF-8, ca_ES@valencia).
    [GeneratedRegex(
        @"^(?<language>[a-z]{2,3})([-_](?<extended>[a-z]{3}))?([-_](?<script>[a-z]{4}))?([-_](?<region>[a-z]{2}|[0-9]{3}))?" +
        @"([-_]([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*([-_][a-z0-9]([-_][a-z0-9]{2,8})+)*([.@][a-z0-9@.-]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
