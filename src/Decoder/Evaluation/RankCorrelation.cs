namespace Decoder.Evaluation;

/// <summary>Spearman's rank correlation, which a few gross errors do not rule.</summary>
public static class RankCorrelation
{
    /// <summary>The correlation of the ranks; equal values share the mean of theirs. NaN where one side does not vary.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double Compute(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Pairs.Check(left.Length, right.Length);
        return PearsonCorrelation.Of(Ranks(left), Ranks(right));
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var (sorted, order, ranks) = (values.ToArray(), Enumerable.Range(0, values.Length).ToArray(), new double[values.Length]);
        Array.Sort(sorted, order);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
