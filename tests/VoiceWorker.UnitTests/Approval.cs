using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceWorker.UnitTests;

/// <summary>
/// Compares a text with the approved one committed beside the test. On a difference the new text is left beside it as
/// <c>*.received.*</c>; renaming that file is the approval.
/// </summary>
internal static class Approval
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compares JSON, laid out for reading.</summary>
    public static void VerifyJson(ReadOnlySpan<byte> actual, string name, [CallerFilePath] string test = "") =>
        Verify(JsonNode.Parse(actual)!.ToJsonString(Indented), name, "json", test);

    /// <summary>Compares any text.</summary>
    public static void Verify(string actual, string name, string extension = "txt", [CallerFilePath] string test = "")
    {
        var folder = Path.GetDirectoryName(test)!;
        var approved = Path.Combine(folder, $"{name}.approved.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (expected != actual)
            File.WriteAllText(received, actual);
        else
            File.Delete(received);
        Assert.Equal(expected, actual);
    }
}
