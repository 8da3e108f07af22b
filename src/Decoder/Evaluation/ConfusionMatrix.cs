namespace Decoder.Evaluation;

/// <summary>How often which class was taken for which.</summary>
/// <param name="Counts">Actual class x decoded class.</param>
public sealed record ConfusionMatrix(int[,] Counts)
{
    /// <summary>Number of classes.</summary>
    public int Classes => Counts.GetLength(0);

    /// <summary>Counts pairs.</summary>
    /// <param name="decoded">Classes from 0.</param>
    /// <param name="actual">Classes from 0.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are no values, or one is not a class.</exception>
    public static ConfusionMatrix Compute(ReadOnlySpan<int> decoded, ReadOnlySpan<int> actual, int classes)
    {
        Pairs.Check(decoded.Length, actual.Length);
        var counts = new int[classes, classes];
        for (var i = 0; i < decoded.Length; i++)
        {
            if ((uint)decoded[i] >= (uint)classes || (uint)actual[i] >= (uint)classes)
            {
                throw new ArgumentException($"Row {i}: class {actual[i]} was decoded as {decoded[i]}; there are classes from 0 to {classes - 1}.");
            }

            counts[actual[i], decoded[i]]++;
        }

        return new(counts);
    }

    /// <summary>Each row as fractions of the actual class; NaN for a class that was not shown.</summary>
    public double[,] Fractions()
    {
        var fractions = new double[Classes, Classes];
        for (var actual = 0; actual < Classes; actual++)
        {
            var shown = Enumerable.Range(0, Classes).Sum(decoded => Counts[actual, decoded]);
            for (var decoded = 0; decoded < Classes; decoded++)
            {
                fractions[actual, decoded] = shown > 0 ? (double)Counts[actual, decoded] / shown : double.NaN;
            }
        }

        return fractions;
    }
}
