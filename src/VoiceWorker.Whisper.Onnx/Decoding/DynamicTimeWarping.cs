namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Dynamic time warping: the way from a matrix's first cell to its last that gathers the most, going right, down or both.</summary>
internal static class DynamicTimeWarping
{
    private enum Step : byte
    {
        Both,
        Down,
        Right,
    }

    /// <summary>The column in which the way enters each row.</summary>
    /// <param name="gains">[rows, columns].</param>
    /// <param name="rows">At least one.</param>
    public static int[] FirstColumns(ReadOnlySpan<float> gains, int rows)
    {
        var columns = gains.Length / rows;
        var steps = Steps(gains, rows, columns);
        var first = new int[rows];
        for (var (row, column) = (rows - 1, columns - 1); row > 0 || column > 0;)
        {
            var step = row == 0 ? Step.Right : column == 0 ? Step.Down : steps[(row * columns) + column];
            if (step != Step.Right)
                first[row--] = column;
            if (step != Step.Down)
                column--;
        }

        return first;
    }

    private static Step[] Steps(ReadOnlySpan<float> gains, int rows, int columns)
    {
        var steps = new Step[gains.Length];
        var (above, total) = (new double[columns], new double[columns]);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var both = row > 0 && column > 0 ? above[column - 1] : double.NegativeInfinity;
                var down = row > 0 ? above[column] : double.NegativeInfinity;
                var right = column > 0 ? total[column - 1] : double.NegativeInfinity;
                var (step, best) = both >= down && both >= right ? (Step.Both, both) : down >= right ? (Step.Down, down) : (Step.Right, right);
                steps[(row * columns) + column] = step;
                total[column] = (row + column == 0 ? 0 : best) + gains[(row * columns) + column];
            }

            (above, total) = (total, above);
        }

        return steps;
    }
}
