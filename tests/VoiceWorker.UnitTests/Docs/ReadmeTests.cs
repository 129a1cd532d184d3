using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>README stays short, and the settings that the documents name on command lines exist.</summary>
public sealed partial class ReadmeTests
{
    private const int MaxBytes = 10_240;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "../../.."));
    private static readonly string ReadmePath = Path.Combine(Root, "README.md");

    [Fact]
    public void Readme_StaysShort() => Assert.InRange(new FileInfo(ReadmePath).Length, 1, MaxBytes);

    [Fact]
    public void SettingsInTheText_Exist()
    {
        var table = new OptionsTable();
        table.Build();
        var named = Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(ReadmePath)
            .SelectMany(file => Setting().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct().Where(key => key != "Section:Key");
        Assert.All(named, key => Assert.Contains(table.Keys, known => Matches(known, key)));
    }

    // Pipeline:Decode:Capacity is Pipeline:<Stage>:Capacity; Audio:Something:0 is an element of a list.
    private static bool Matches(string known, string key) =>
        Regex.IsMatch(key, $"^{Regex.Escape(known).Replace("<Stage>", "[A-Za-z]+", StringComparison.Ordinal)}(:.+)?$", RegexOptions.IgnoreCase);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    // As on the command line.
    [GeneratedRegex(@"--([A-Z]\w*(?::\w+)+)=")]
    private static partial Regex Setting();
}
