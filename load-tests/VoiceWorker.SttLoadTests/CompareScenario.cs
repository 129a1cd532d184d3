using VoiceWorker.WhisperNet;

namespace VoiceWorker.SttLoadTests;

/// <summary>Both engines on the same recordings.</summary>
internal static class CompareScenario
{
    public static async Task<int> RunAsync(IReadOnlyList<string> models, IReadOnlyList<int> threads, IReadOnlyList<int> atOnce, int rounds, FileInfo? file, CancellationToken cancellationToken)
    {
        var report = new Report("Speech recognition: onnx against whisper.net");
        report.Introduce(
            "Jobs in a closed loop; each engine in a process of its own, bound to as many cores as it may have threads; engines in turn; greedy decoding, whole windows of 30 s, no fallback, language given, flash attention on in whisper.net. "
            + "`demo`: the repository's samples (2 s each) with the demo model (q8_0). `tiny`, `base`: a recording of 28 s with random weights of these dimensions (f16) and "
            + $"{RandomModel.Tokens} tokens a window. The ratio is to the faster of whisper.net's settings, encoders that are cut to the recording among themselves. RTF: seconds of work for a second of sound. Memory: the process's peak.");
        foreach (var model in models)
            await CompareAsync(report, model, threads, [.. Loads(model).Where(load => atOnce.Contains(load.AtOnce))], rounds, cancellationToken);
        return await report.FinishAsync(file, cancellationToken);
    }

    /// <summary>Whether both engines write the same.</summary>
    public static async Task<int> CompareTextsAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        var report = new Report("Speech recognition: the same text");
        await CompareTextsAsync(report, cancellationToken);
        return await report.FinishAsync(file, cancellationToken);
    }

    private static async Task CompareAsync(Report report, string model, IReadOnlyList<int> threadCounts, Load[] loads, int rounds, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var threads in threadCounts)
        {
            var figures = new Dictionary<Candidate, List<IReadOnlyList<Figure>>>();
            var candidates = await CandidatesAsync(model, threads, cancellationToken);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var candidate in candidates)
                {
                    if (!figures.TryGetValue(candidate, out var list))
                        figures.Add(candidate, list = []);
                    list.Add(await MeasuringProcess.RunAsync(Settings(candidate, model, loads), threads, cancellationToken));
                    Console.Error.WriteLine($"{model}, {threads} thread(s), round {round + 1}, {candidate.Name}: {string.Join("; ", list[^1].Select(figure => $"{figure.AtOnce} at once: {Report.Number(figure.JobsPerSecond, 2)}/s"))}");
                }
            }

            for (var load = 0; load < loads.Length; load++)
            {
                var speed = candidates.Select(c => Report.Median(figures[c].Select(round => round[load].JobsPerSecond))).ToArray();
                double Best(bool trimmed) => candidates.Index().Where(c => c.Item.Engine == WhisperNetEngine.Name && c.Item.Trimmed == trimmed).Select(c => speed[c.Index]).DefaultIfEmpty(double.NaN).Max();
                rows.AddRange(candidates.Select((c, i) => new[]
                {
                    $"{threads}", $"{loads[load].AtOnce}", c.Name, Report.Number(speed[i], 2),
                    c.Engine == WhisperNetEngine.Name || double.IsNaN(Best(c.Trimmed)) ? "" : Report.Number(speed[i] / Best(c.Trimmed), 2),
                    Report.Number(Report.Median(figures[c].Select(round => round[load].RealTimeFactor)), 3),
                    Report.Number(Report.Median(figures[c].Select(round => round[load].ProcessorSeconds)), 3),
                    Report.Number(figures[c].Max(round => round[load].PeakMegabytes), 0),
                }));
            }
        }

        report.Add($"## {model}, {string.Join(" and ", threadCounts)} thread(s), {(rounds == 1 ? "one round" : $"median of {rounds} rounds")}", "");
        report.AddTable(["threads", "jobs at once", "engine", "jobs/s", "ratio", "RTF", "processor s/job", "memory, MiB"], rows);
    }

    private static async Task CompareTextsAsync(Report report, CancellationToken cancellationToken)
    {
        if (!WhisperNetEngine.IsAvailable)
            return;
        var positions = Candidate.Positions(await Recording.ReadSamplesAsync(cancellationToken));
        var rows = new List<string[]>();
        foreach (var trim in new[] { false, true })
        {
            var onnx = await TextsAsync(Candidate.OfOnnx(1, trim), cancellationToken);
            foreach (var flashAttention in new[] { false, true })
            {
                var other = await TextsAsync(Candidate.OfWhisperNet(1, 1, flashAttention, trim ? positions : 0), cancellationToken);
                var different = onnx.Where(text => other[text.Key] != text.Value).Select(text => $"{text.Key}: '{text.Value}' / '{other[text.Key]}'").ToList();
                rows.Add([trim ? "cut to the recording" : "30 s", flashAttention ? "on" : "off", $"{onnx.Count - different.Count} of {onnx.Count}", string.Join("; ", different)]);
            }
        }

        report.Add("## Same text", "");
        report.AddTable(["encoder", "whisper.net's flash attention", "samples with the same text", "differences (onnx / whisper.net)"], rows);
    }

    private static async Task<IReadOnlyDictionary<string, string>> TextsAsync(Candidate candidate, CancellationToken cancellationToken) =>
        (await MeasuringProcess.RunAsync(Settings(candidate, "demo", [new(1, 6)]), 1, cancellationToken))[0].Texts;

    private static async Task<Candidate[]> CandidatesAsync(string model, int threads, CancellationToken cancellationToken)
    {
        var positions = model == "demo" ? Candidate.Positions(await Recording.ReadSamplesAsync(cancellationToken)) : 0;
        Candidate[] all =
        [
            Candidate.OfOnnx(threads), .. Candidate.OfWhisperNet(threads),
            .. positions == 0 ? Array.Empty<Candidate>() : [Candidate.OfOnnx(threads, trim: true), .. Candidate.OfWhisperNet(threads, positions)],
        ];
        return [.. all.Where(candidate => WhisperNetEngine.IsAvailable || candidate.Engine != WhisperNetEngine.Name)];
    }

    private static MeasurementSettings Settings(Candidate candidate, string model, Load[] loads) => model == "demo"
        ? new(candidate, Repository.DemoModel, 0, loads)
        : new(candidate, RandomModel.Write(model), 28, loads);

    // Enough jobs to be sure, few enough for the slower engine.
    private static Load[] Loads(string model) => model switch
    {
        "demo" => [new(1, 24), new(8, 48), new(32, 96)],
        "tiny" => [new(1, 4), new(8, 12), new(32, 32)],
        _ => [new(1, 3), new(8, 8), new(32, 32)],
    };
}
