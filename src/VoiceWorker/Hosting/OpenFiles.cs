using System.Globalization;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.Host.Hosting;

/// <summary>How many files the process may have open, and how many it needs. Connections and pipes count.</summary>
internal static class OpenFiles
{
    // The runtime, the broker, the model and what stands between them: an idle worker has 275 open.
    private const int OfTheProcess = 400;

    // The pipes of a child process while it starts, both ends.
    private const int OfAChild = 8;

    /// <summary>The soft limit of this process; null where it is not known or there is none. .NET raises it to the hard one at start.</summary>
    public static long? Limit()
    {
        const string Row = "Max open files";
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits) || File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal)) is not { } row)
            return null;
        var soft = row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    /// <summary>With fewer the process would not survive what the endpoint allows.</summary>
    public static int Least(HttpOptions http) => OfTheProcess + http.MaxConnections;

    /// <summary>With everything at work.</summary>
    public static int Most(HttpOptions http, PipelineOptions pipeline) =>
        Least(http)
        + (OfAChild * (pipeline.Decode.Parallelism + pipeline.Synthesize.Parallelism + pipeline.Encode.Parallelism))
        + pipeline.Transcribe.Parallelism + pipeline.Translate.Parallelism;
}
