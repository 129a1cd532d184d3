using System.Runtime.CompilerServices;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Docs;

/// <summary>docs/protocol.md explains every field and every error code.</summary>
public sealed class ProtocolTests
{
    private static readonly string Document = File.ReadAllText(Path.GetFullPath(Path.Combine(Folder(), "../../../docs/protocol.md")));

    [Fact]
    public void ErrorCodes_AreAllExplained() => Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.Contains($"\n| `{WireNames.Of(code)}` | ", Document, StringComparison.Ordinal));

    [Fact]
    public void Fields_AreAllExplained() => Assert.All(
        JobFieldNames.All,
        field => Assert.Contains(Document.Split('\n'), row => row.StartsWith("| ", StringComparison.Ordinal) && row.Split(" | ")[0].Contains($"`{field}`", StringComparison.Ordinal)));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
