namespace Decoder.Evaluation;

/// <summary>Fraction of classes that were decoded right.</summary>
public static class Accuracy
{
    /// <summary>The fraction of positions at which both lists agree, in [0, 1].</summary>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double Compute(ReadOnlySpan<int> decoded, ReadOnlySpan<int> actual)
    {
        Pairs.Check(decoded.Length, actual.Length);
        var right = 0;
        for (var i = 0; i < decoded.Length; i++)
        {
            right += decoded[i] == actual[i] ? 1 : 0;
        }

        return (double)right / decoded.Length;
    }
}
