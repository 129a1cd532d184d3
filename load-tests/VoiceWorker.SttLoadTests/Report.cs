using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.SttLoadTests;

/// <summary>A result in Markdown: printed, and written to a file where one is wanted.</summary>
internal sealed class Report(string title)
{
    private readonly List<string> _heading =
    [
        $"# {title}", "",
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {Commit()}. {Environment.ProcessorCount} cores ({Processor()}, {Instructions()}), {RuntimeInformation.OSDescription}, .NET {Environment.Version}, "
        + $"ONNX Runtime {typeof(InferenceSession).Assembly.GetName().Version?.ToString(3)}, {WhisperNetVersion()}.", "",
    ];

    private readonly List<string> _lines = [];

    /// <summary>How it was measured.</summary>
    public void Introduce(string words) => _heading.AddRange([words, ""]);

    public void Add(params IEnumerable<string> lines) => _lines.AddRange(lines);

    /// <summary>A table.</summary>
    public void AddTable(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        Add([Row(columns), Row(columns.Select(_ => "---")), .. rows.Select(Row), ""]);

    /// <summary>Prints it and writes the file; one that is there gets what is new at its end.</summary>
    public async Task<int> FinishAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        _heading.Concat(_lines).ToList().ForEach(Console.WriteLine);
        if (file is not null)
            await File.AppendAllLinesAsync(file.FullName, file.Exists ? _lines : _heading.Concat(_lines), cancellationToken);
        return 0;
    }

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double value, int decimals = 1) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string WhisperNetVersion() => WhisperNetEngine.IsAvailable
        ? $"Whisper.net {System.Reflection.Assembly.Load("Whisper.net").GetName().Version?.ToString(3)}"
        : $"without Whisper.net ({WhisperNetEngine.WhyUnavailable})";

    private static string Instructions() => Vector512.IsHardwareAccelerated ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "neither AVX-512 nor AVX2";

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
