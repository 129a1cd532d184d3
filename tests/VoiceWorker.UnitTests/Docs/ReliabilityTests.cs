using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>docs/reliability.md names tests as proofs: they must be there.</summary>
public sealed partial class ReliabilityTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));

    [Fact]
    public void NamedTests_Exist()
    {
        var names = TestName().Matches(File.ReadAllText(Path.Combine(Root, "docs/reliability.md"))).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();
        var classes = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension);

        Assert.True(names.Count > 40);
        Assert.All(names, test => Assert.Contains(classes[test.Class], file => Regex.IsMatch(File.ReadAllText(file), $@"public \w+( \w+)? {test.Method}\(")));
    }

    [Fact]
    public void FaultRows_EachNameATest() => Assert.All(
        File.ReadLines(Path.Combine(Root, "docs/reliability.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)).Where(line => !line.EndsWith("| test |", StringComparison.Ordinal)),
        line => Assert.Matches(TestName(), line));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
