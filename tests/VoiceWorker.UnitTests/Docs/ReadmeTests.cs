using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>What README says of the configuration is what the code says.</summary>
public sealed partial class ReadmeTests
{
    private const string Begin = "<!-- settings: begin -->\n";
    private const string End = "<!-- settings: end -->";
    private const string UpdateVariable = "VOICEWORKER_UPDATE_README";

    private static readonly string ReadmePath = Path.GetFullPath(Path.Combine(Folder(), "../../../README.md"));
    private static readonly string Readme = File.ReadAllText(ReadmePath).ReplaceLineEndings("\n");

    [Fact]
    public void SettingsTable_IsWhatTheOptionClassesSay()
    {
        var (begin, end) = (Readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, Readme.IndexOf(End, StringComparison.Ordinal));
        var table = new OptionsTable().Build();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(ReadmePath, Readme[..begin] + table + Readme[end..]);
            return;
        }

        Assert.True(Readme[begin..end] == table, $"README.md's table of settings is not what the option classes say. Run the tests once with {UpdateVariable}=1 to renew it.");
    }

    [Fact]
    public void SettingsTable_LeavesNoOptionClassOut()
    {
        var table = new OptionsTable();
        table.Build();
        Assert.Empty(table.Unreached);
    }

    [Fact]
    public void SettingsTable_ExplainsEverySetting() =>
        Assert.DoesNotContain("|  |\n", new OptionsTable().Build());

    [Fact]
    public void SettingsInTheText_Exist()
    {
        var table = new OptionsTable();
        table.Build();
        var named = Setting().Matches(Readme).Select(match => match.Groups[1].Value).Distinct().Where(key => key != "Section:Key");
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
