namespace Benchmarks.Gpu;

/// <summary>How far results are off. What is not a number is infinitely far off.</summary>
public static class Deviation
{
    /// <summary>The largest difference, relative to the largest expected value.</summary>
    public static double OfLargest(IReadOnlyList<double> actual, IReadOnlyList<double> expected)
    {
        SameCount(actual, expected);
        double difference = 0, largest = 0;
        for (var i = 0; i < actual.Count; i++)
        {
            difference = Math.Max(difference, Difference(actual[i], expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return largest == 0 ? difference : difference / largest;
    }

    /// <summary>The largest difference, each relative to its own expected value.</summary>
    public static double OfEach(IReadOnlyList<double> actual, IReadOnlyList<double> expected)
    {
        SameCount(actual, expected);
        return actual.Zip(expected, (a, b) => a == b ? 0 : Difference(a, b) / Math.Abs(b)).Max();
    }

    /// <summary>The root mean square of the differences, relative to that of the expected values.</summary>
    public static double OfAll(IReadOnlyList<double> actual, IReadOnlyList<double> expected)
    {
        SameCount(actual, expected);
        double difference = 0, size = 0;
        for (var i = 0; i < actual.Count; i++)
        {
            var one = Difference(actual[i], expected[i]);
            difference += one * one;
            size += expected[i] * expected[i];
        }

        return Math.Sqrt(difference / size);
    }

    private static double Difference(double actual, double expected)
    {
        var difference = Math.Abs(actual - expected);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static void SameCount(IReadOnlyList<double> actual, IReadOnlyList<double> expected)
    {
        if (actual.Count != expected.Count || actual.Count == 0)
        {
            throw new InvalidOperationException($"There are {actual.Count} results, but {expected.Count} were expected.");
        }
    }
}
