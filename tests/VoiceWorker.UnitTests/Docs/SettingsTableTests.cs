using System.Runtime.CompilerServices;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>What docs/configuration.md says of the settings is what the code says.</summary>
public sealed class SettingsTableTests
{
    private const string Begin = "<!-- settings: begin -->\n";
    private const string End = "<!-- settings: end -->";
    private const string UpdateVariable = "VOICEWORKER_UPDATE_DOCS";

    private static readonly string DocumentPath = Path.GetFullPath(Path.Combine(Folder(), "../../../docs/configuration.md"));
    private static readonly string Document = File.ReadAllText(DocumentPath).ReplaceLineEndings("\n");

    [Fact]
    public void SettingsTable_IsWhatTheOptionClassesSay()
    {
        var (begin, end) = (Document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, Document.IndexOf(End, StringComparison.Ordinal));
        var table = new OptionsTable().Build();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(DocumentPath, Document[..begin] + table + Document[end..]);
            return;
        }

        Assert.True(Document[begin..end] == table, $"The table in docs/configuration.md is not what the option classes say. Run the tests once with {UpdateVariable}=1 to renew it.");
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

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
