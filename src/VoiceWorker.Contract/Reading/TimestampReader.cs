using System.Globalization;

namespace VoiceWorker.Contract.Reading;

/// <summary>
/// Points in time as producers write them: numbers since 1970-01-01 UTC in whatever unit, which their size tells, or ISO 8601.
/// </summary>
public static class TimestampReader
{
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // In each unit this millennium is below the limit, and in the next one above it. Smaller numbers are milliseconds, as
    // the contract has them: long past.
    private static readonly (decimal Below, decimal TicksPerUnit)[] Units =
    [
        (First.ToUnixTimeSeconds(), TimeSpan.TicksPerMillisecond), (1e11m, TimeSpan.TicksPerSecond), (1e14m, TimeSpan.TicksPerMillisecond),
        (1e17m, TimeSpan.TicksPerMicrosecond), (1e20m, 0.01m),
    ];

    /// <summary>Reads a number or ISO 8601; a time without a zone is one in UTC. What lies beyond this millennium is refused.</summary>
    public static bool TryRead(string text, out DateTimeOffset moment)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return TryOfNumber(number, out moment, out _);
        // Only ISO 8601 begins with the year; of other orders one can't be sure.
        moment = default;
        return text is [_, _, _, _, '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment)
            && moment < Last;
    }

    /// <summary>Reads when something was sent: a number of seconds, or of thousandths, millionths or milliardths of it.</summary>
    /// <param name="number">The number.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="unit">What the number counts: the moment may be later by less than this.</param>
    /// <returns>Whether it is in this millennium; anything else nobody meant.</returns>
    public static bool TryOfTimestamp(long number, out DateTimeOffset moment, out TimeSpan unit) => TryOfNumber(number, out moment, out unit) && moment >= First;

    private static bool TryOfNumber(decimal number, out DateTimeOffset moment, out TimeSpan unit)
    {
        (moment, unit) = (default, default);
        if (number < 0 || Array.Find(Units, u => number < u.Below) is not { TicksPerUnit: > 0 and var ticks })
            return false;
        moment = DateTimeOffset.UnixEpoch.AddTicks((long)(number * ticks));
        unit = TimeSpan.FromTicks((long)ticks);
        return moment < Last;
    }
}
