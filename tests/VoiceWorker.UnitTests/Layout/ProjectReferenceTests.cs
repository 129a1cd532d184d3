using System.Xml.Linq;

namespace VoiceWorker.UnitTests.Layout;

/// <summary>Which project may know which, read from the project files; and how large files and folders may grow.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["VoiceWorker.Contract"] = [],
        ["VoiceWorker.Client"] = ["VoiceWorker.Contract"],
        ["VoiceWorker.Core"] = ["VoiceWorker.Contract"],
        ["VoiceWorker.RabbitMq"] = ["VoiceWorker.Core"],
        ["VoiceWorker.Audio"] = ["VoiceWorker.Core"],
        ["VoiceWorker.Whisper"] = ["VoiceWorker.Core"],
        ["VoiceWorker.Whisper.Onnx"] = ["VoiceWorker.Whisper"],
        ["VoiceWorker.WhisperNet"] = ["VoiceWorker.Whisper"],
        ["VoiceWorker.Engines"] = ["VoiceWorker.Audio"],
        ["VoiceWorker"] = ["VoiceWorker.Client", "VoiceWorker.Engines", "VoiceWorker.RabbitMq", "VoiceWorker.Whisper.Onnx", "VoiceWorker.WhisperNet"],
    };

    private static readonly string Source = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src"));

    private static readonly IReadOnlyList<FileInfo> Code =
    [
        .. new DirectoryInfo(Source).EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !file.FullName[Source.Length..].Split('/').Intersect(["bin", "obj"]).Any()),
    ];

    private static IEnumerable<string> Projects => Directory.EnumerateDirectories(Source).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"));

    [Fact]
    public void Projects_KnowOnlyThoseBelowThem()
    {
        var found = Projects.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file)!,
            file => XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))!).Order(StringComparer.Ordinal).ToArray());

        Assert.Equal(Allowed.OrderBy(project => project.Key, StringComparer.Ordinal), found.OrderBy(project => project.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void BrokersClient_IsKnownToTheTransportAndProducersAlone()
    {
        var projects = Projects
            .Where(file => XDocument.Load(file).Descendants("PackageReference").Any(package => (string?)package.Attribute("Include") == "RabbitMQ.Client"))
            .Select(file => Path.GetFileNameWithoutExtension(file)!);

        Assert.Equal(["VoiceWorker.Client", "VoiceWorker.RabbitMq"], projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_AreInTheNamespaceOfTheirFolder() => Assert.All(Code.Where(file => file.Name != "Program.cs"), file =>
    {
        var folders = Path.GetRelativePath(Source, file.DirectoryName!).Split('/');
        var expected = string.Join('.', folders[0] == "VoiceWorker" ? ["VoiceWorker", "Host", .. folders[1..]] : folders);
        Assert.Contains($"namespace {expected};", File.ReadAllText(file.FullName), StringComparison.Ordinal);
    });

    [Fact]
    public void Folders_HoldAtMostTwentyFiles() =>
        Assert.All(Code.GroupBy(file => file.DirectoryName), folder => Assert.True(folder.Count() <= 20, $"{folder.Key} holds {folder.Count()} files."));

    [Fact]
    public void Files_HaveAtMostTwoHundredAndFiftyLines() =>
        Assert.All(Code, file => Assert.True(File.ReadLines(file.FullName).Count() <= 250, $"{file.Name} has more than 250 lines."));
}
