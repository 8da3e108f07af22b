namespace Decoder.Evaluation;

/// <summary>
/// Differences of angles on the circle: the way round that is shorter. The period is 360 degrees for the direction of a grating and 180 for its
/// orientation.
/// </summary>
public static class CircularError
{
    /// <summary>
    /// <paramref name="decoded"/> - <paramref name="actual"/> brought into (-period / 2, period / 2].
    /// </summary>
    /// <param name="decoded">Degrees, any finite value.</param>
    /// <param name="actual">Degrees, any finite value.</param>
    /// <param name="period">360 or 180, or any other positive period.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive and finite.</exception>
    public static double Signed(double decoded, double actual, double period)
    {
        if (!(period > 0 && double.IsFinite(period)))
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "A period must be positive and finite, such as 180 or 360 degrees.");
        }

        var error = (decoded - actual) % period;
        if (error > period / 2)
        {
            error -= period;
        }
        else if (error <= -period / 2)
        {
            error += period;
        }

        return error;
    }

    /// <summary>The size of <see cref="Signed"/>, in [0, period / 2].</summary>
    /// <inheritdoc cref="Signed"/>
    public static double Absolute(double decoded, double actual, double period) => Math.Abs(Signed(decoded, actual, period));

    /// <summary>The signed error of each pair.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] Signed(ReadOnlySpan<float> decoded, ReadOnlySpan<float> actual, double period)
    {
        Pairs.Check(decoded.Length, actual.Length);
        var errors = new double[decoded.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = Signed(decoded[i], actual[i], period);
        }

        return errors;
    }
}
