using System.Globalization;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>How long the tests with a free length take: short unless the environment says otherwise (see <c>chaos.sh</c>).</summary>
internal static class LongForm
{
    /// <summary>How often the kill loop kills.</summary>
    public static int Kills { get; } = int.Parse(Variable("KILLS") ?? "4", CultureInfo.InvariantCulture);

    /// <summary>How many damaged inputs are sent.</summary>
    public static int Damaged { get; } = int.Parse(Variable("DAMAGED") ?? "100", CultureInfo.InvariantCulture);

    /// <summary>How long the soak lasts.</summary>
    public static TimeSpan Soak { get; } = TimeSpan.Parse(Variable("SOAK") ?? "00:00:20", CultureInfo.InvariantCulture);

    /// <summary>How long the translator is away.</summary>
    public static TimeSpan Outage { get; } = TimeSpan.Parse(Variable("OUTAGE") ?? "00:00:06", CultureInfo.InvariantCulture);

    /// <summary>How long the broker has no memory.</summary>
    public static TimeSpan Alarm { get; } = TimeSpan.Parse(Variable("ALARM") ?? "00:00:03", CultureInfo.InvariantCulture);

    /// <summary>The file for the report; null for none.</summary>
    public static string? Report { get; } = Variable("REPORT");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"VOICEWORKER_CHAOS_{name}") is { Length: > 0 } value ? value : null;
}
