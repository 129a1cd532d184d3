using System.Runtime.CompilerServices;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>Links between the documents lead somewhere, and the map of the code names what is there.</summary>
public sealed class LinkTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));
    private static readonly string[] Top = ["src", "tests", "load-tests", "grafana", "deploy", "docs", "samples", "models", "eng"];

    public static TheoryData<string> Documents =>
    [
        "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "samples/README.md", "samples/producers/README.md", "load-tests/README.md", "models/README.md", "models/demo/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void RelativeLinks_LeadSomewhere(string document)
    {
        var path = Path.Combine(Root, document);
        var links = new MarkdownFile(path).Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));
        Assert.All(links, link =>
        {
            var (file, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = file.Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file));
            Assert.True(Path.Exists(target), $"{document}: {link} is not there.");
            if (anchor is not null)
                Assert.True(new MarkdownFile(target).Anchors.Contains(anchor), $"{document}: {link} names no heading.");
        });
    }

    [Fact]
    public void Architecture_NamesWhatIsThere()
    {
        var paths = new MarkdownFile(Path.Combine(Root, "ARCHITECTURE.md")).CodeSpans.Where(span => Top.Any(top => span.StartsWith(top + "/", StringComparison.Ordinal)) && !span.Contains('<', StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
    }

    [Fact]
    public void Decisions_AreAllListed()
    {
        var folder = Path.Combine(Root, "docs/decisions");
        Assert.Equal(
            Directory.EnumerateFiles(folder, "0*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            new MarkdownFile(Path.Combine(folder, "README.md")).Links.Order(StringComparer.Ordinal));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
