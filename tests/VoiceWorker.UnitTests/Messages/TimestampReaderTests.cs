using VoiceWorker.Contract.Reading;

namespace VoiceWorker.UnitTests.Messages;

public sealed class TimestampReaderTests
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Theory]
    [InlineData("1800000000")]
    [InlineData("1800000000.0")]
    [InlineData("1800000000000")]
    [InlineData("1.8E+12")]
    [InlineData("1800000000000000")]
    [InlineData("1800000000000000000")]
    [InlineData("2027-01-15T08:00:00Z")]
    [InlineData("2027-01-15T10:00:00+02:00")]
    [InlineData("2027-01-15T08:00:00.000")]
    [InlineData("2027-01-15 08:00:00Z")]
    public void TryRead_AnyUnitOrIso8601_IsTheMoment(string text)
    {
        Assert.True(TimestampReader.TryRead(text, out var moment));
        Assert.Equal(Moment, moment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1800000000")]
    [InlineData("1e30")]
    [InlineData("NaN")]
    [InlineData("01/15/2027")]
    [InlineData("15.01.2027 08:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void TryRead_NoMoment_IsRefused(string text) => Assert.False(TimestampReader.TryRead(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("5000", 5)]
    [InlineData("1970-01-02T00:00:00Z", 86_400)]
    public void TryRead_LongPast_IsAMomentToo(string text, int seconds)
    {
        Assert.True(TimestampReader.TryRead(text, out var moment));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds), moment);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(99_999_999_999)]
    [InlineData(long.MinValue)]
    [InlineData(800_000_000_000)]
    public void TryOfTimestamp_NotInThisMillennium_IsIgnored(long number) => Assert.False(TimestampReader.TryOfTimestamp(number, out _, out _));

    [Theory]
    [InlineData(1_800_000_000, 1_000_000)]
    [InlineData(1_800_000_000_000, 1_000)]
    [InlineData(1_800_000_000_000_000, 1)]
    public void TryOfTimestamp_SizeTellsTheUnit(long number, int microseconds)
    {
        Assert.True(TimestampReader.TryOfTimestamp(number, out var moment, out var unit));
        Assert.Equal((Moment, TimeSpan.FromMicroseconds(microseconds)), (moment, unit));
    }
}
