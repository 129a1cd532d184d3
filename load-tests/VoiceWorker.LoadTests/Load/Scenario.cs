using System.Text.Json;
using VoiceWorker.LoadTests.Contestants;

namespace VoiceWorker.LoadTests.Load;

/// <summary>A load as a file of load-tests/scenarios describes it.</summary>
internal sealed record Scenario
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>Its name: the file's.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it shows.</summary>
    public required string About { get; init; }

    /// <summary>Which jobs: one of <see cref="JobMix.Names"/>.</summary>
    public required string Jobs { get; init; }

    /// <summary>Whether the engines cost nothing.</summary>
    public bool FreeEngines { get; init; }

    /// <summary>Who answers; each in a run of its own.</summary>
    public IReadOnlyList<ContestantKind> Contestants { get; init; } = [ContestantKind.Worker];

    /// <summary>How many processes share the queue; each number in a run of its own.</summary>
    public IReadOnlyList<int> Processes { get; init; } = [1];

    /// <summary>When the jobs are sent.</summary>
    public required IReadOnlyList<LoadPhase> Phases { get; init; }

    /// <summary>The folder of the files.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "load-tests", "scenarios");

    /// <summary>The names of all files.</summary>
    public static IReadOnlyList<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Scenario Load(string name)
    {
        var file = Path.Combine(Folder, $"{name}.json");
        if (!File.Exists(file))
            throw new ArgumentException($"No scenario is called '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        return JsonSerializer.Deserialize<Scenario>(File.ReadAllText(file), Format)! with { Name = name };
    }
}
