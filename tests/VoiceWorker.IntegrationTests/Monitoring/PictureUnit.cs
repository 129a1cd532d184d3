using System.Globalization;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>Writes numbers as Grafana's units do.</summary>
internal sealed class PictureUnit(string unit)
{
    private static readonly string[] Bytes = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The upper bound of a bucket, by its label.</summary>
    public static double Bound(string le) => le == "+Inf" ? double.PositiveInfinity : double.Parse(le, CultureInfo.InvariantCulture);

    /// <summary>The same for reading: OpenMetrics writes 25.0 for 25.</summary>
    public static string Label(string le) => le.EndsWith(".0", StringComparison.Ordinal) ? le[..^2] : le;

    public string Format(double value) => unit switch
    {
        "percentunit" => $"{Digits(value * 100)} %",
        "s" => value is > 0 and < 1 ? $"{Digits(value * 1000)} ms" : $"{Digits(value)} s",
        "reqps" or "ops" => $"{Digits(value)}/s",
        "bytes" => Size(value),
        _ => Digits(value),
    };

    private static string Size(double value)
    {
        var power = value < 1 ? 0 : Math.Min((int)Math.Log(value, 1024), Bytes.Length - 1);
        return $"{Digits(value / Math.Pow(1024, power))} {Bytes[power]}";
    }

    private static string Digits(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
