using System.Text.RegularExpressions;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>A Markdown file's links and anchors, as GitHub sees them.</summary>
internal sealed partial class MarkdownFile
{
    private readonly string _text;

    /// <summary>Reads a file; what stands in code blocks is neither link nor heading.</summary>
    public MarkdownFile(string path) => _text = CodeBlock().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), "");

    /// <summary>The targets of its links and pictures, as written.</summary>
    public IEnumerable<string> Links => Link().Matches(CodeSpan().Replace(_text, "")).Select(match => match.Groups[1].Value);

    /// <summary>The code spans in it.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(_text).Select(match => match.Value.Trim('`'));

    /// <summary>The anchors of its headings; the second heading of a name ends in <c>-1</c>, the third in <c>-2</c>.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(_text)
        .Select(match => Dropped().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .GroupBy(anchor => anchor)
        .SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}"));

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex CodeSpan();

    // A code span in a link's text is gone by then.
    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();
}
