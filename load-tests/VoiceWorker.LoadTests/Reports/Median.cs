using System.Globalization;

namespace VoiceWorker.LoadTests.Reports;

/// <summary>Numbers for a report.</summary>
internal static class Median
{
    /// <summary>The middle one; of an even count, between the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>A number as it is written everywhere.</summary>
    public static string Text(this double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
