using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>Every package that a published build contains has its line in THIRD-PARTY-NOTICES.md.</summary>
public sealed class ThirdPartyNoticesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));

    [Fact]
    public void Notices_NameEveryPackageOfTheSources()
    {
        var notices = File.ReadAllText(Path.Combine(Root, "THIRD-PARTY-NOTICES.md"));
        var packages = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
            .Select(reference => (string?)reference.Attribute("Include"))
            .Select(package => package == "@(WhisperNetPackage)" ? "Whisper.net" : package)
            .Distinct()
            .ToList();
        Assert.NotEmpty(packages);
        Assert.DoesNotContain(packages, package => !notices.Contains($" {package}", StringComparison.Ordinal));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
