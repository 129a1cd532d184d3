using System.Runtime.CompilerServices;

namespace VoiceWorker.SttLoadTests;

/// <summary>Files of the repository.</summary>
internal static class Repository
{
    public static string Samples => Path.Combine(Root(), "samples");

    public static string DemoModel => Path.Combine(Root(), "models", "ggml-demo-en-es.bin");

    private static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(source, "../../.."));
}
