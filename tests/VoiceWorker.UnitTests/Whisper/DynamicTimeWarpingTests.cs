using VoiceWorker.Whisper.Onnx.Decoding;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class DynamicTimeWarpingTests
{
    [Fact]
    public void FirstColumns_ADiagonalOfBlocks_AreWhereTheyBegin()
    {
        float[] gains =
        [
            1, 1, 0, 0, 0, 0,
            0, 0, 1, 1, 1, 0,
            0, 0, 0, 0, 0, 1,
        ];

        Assert.Equal([0, 2, 5], DynamicTimeWarping.FirstColumns(gains, rows: 3));
    }

    [Fact]
    public void FirstColumns_MoreRowsThanColumns_ShareColumns()
    {
        float[] gains =
        [
            1, 0,
            1, 0,
            0, 1,
        ];

        Assert.Equal([0, 0, 1], DynamicTimeWarping.FirstColumns(gains, rows: 3));
    }

    [Fact]
    public void FirstColumns_OneRow_BeginsAtTheStart() => Assert.Equal([0], DynamicTimeWarping.FirstColumns([0, 0, 1], rows: 1));

    [Fact]
    public void FirstColumns_RandomGains_NoOtherWayGathersMore()
    {
        const int Rows = 4, Columns = 6;
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            float[] gains = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextSingle() - 0.5f)];

            var first = DynamicTimeWarping.FirstColumns(gains, Rows);

            Assert.Equal(Best(gains, Rows, Columns, 0, 0), Gathered(gains, first, Columns), 1e-5);
        }
    }

    // Of all ways, one after the other.
    private static double Best(float[] gains, int rows, int columns, int row, int column)
    {
        if (row == rows || column == columns)
            return double.NegativeInfinity;
        var here = gains[(row * columns) + column];
        if (row == rows - 1 && column == columns - 1)
            return here;
        (int Row, int Column)[] next = [(row, column + 1), (row + 1, column), (row + 1, column + 1)];
        return here + next.Max(cell => Best(gains, rows, columns, cell.Row, cell.Column));
    }

    // A row's columns end where the next row begins, or one before: whichever gathers more.
    private static double Gathered(float[] gains, int[] first, int columns)
    {
        double sum = 0;
        for (var row = 0; row < first.Length; row++)
        {
            var (from, until) = (first[row], row + 1 < first.Length ? first[row + 1] : columns - 1);
            sum += gains.AsSpan(row * columns)[from..until].ToArray().Sum(gain => (double)gain);
            var corner = gains[(row * columns) + until];
            sum += row + 1 == first.Length || until == from ? corner : Math.Max(0, corner);
        }

        return sum;
    }
}
