namespace Decoder.Sampling;

/// <summary>Poisson draws by inversion: sequential search through the distribution function, exact for the moderate rates used here.</summary>
public static class Poisson
{
    /// <summary>The largest rate that is accepted: exp(-rate) must stay far from underflow.</summary>
    public const double MaximumRate = 500;

    /// <summary>A draw from Poisson(<paramref name="rate"/>); takes about <paramref name="rate"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, NaN or above <see cref="MaximumRate"/>.</exception>
    public static int Next(RandomStream random, double rate)
    {
        if (!(rate is >= 0 and <= MaximumRate))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"A Poisson rate must be in [0, {MaximumRate}].");
        }

        return Next(random, rate, Math.Exp(-rate));
    }

    /// <summary>The same with exp(-rate) already known, which whole arrays get cheaper than one by one. Arguments are not checked.</summary>
    internal static int Next(RandomStream random, double rate, double expMinusRate)
    {
        var u = random.NextDouble();
        var count = 0;
        var probability = expMinusRate;
        while (u >= probability)
        {
            u -= probability;
            probability *= rate / ++count;

            // Rounding can leave u above the sum of all probabilities; the terms have then become too small to matter.
            if (probability < 1e-18 && count > rate)
            {
                break;
            }
        }

        return count;
    }
}
