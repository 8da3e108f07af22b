using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.Interpretation;

/// <summary>Adds up the activity of neurons, or of units, for each degree of the stimulus, and finds the angle to which each prefers to respond.</summary>
/// <param name="units">Number of neurons or units.</param>
/// <param name="period">360 for direction, 180 for orientation.</param>
public sealed class TuningAccumulator(int units, int period)
{
    /// <summary>Standard deviation of the Gaussian that tuning curves are smoothed with before their peak is taken, degrees; as in the tutorial.</summary>
    public const double Smoothing = 5;

    /// <summary>Farther away the Gaussian has nothing left.</summary>
    private const int Reach = (int)(4 * Smoothing);

    private readonly float[]?[] _sums = new float[period][];
    private readonly int[] _counts = new int[period];

    /// <summary>Adds the activity in one trial.</summary>
    /// <param name="stimulus">Degrees.</param>
    /// <param name="activity">Of each unit.</param>
    /// <exception cref="ArgumentException">It is of another number of units.</exception>
    public void Add(double stimulus, ReadOnlySpan<float> activity)
    {
        if (activity.Length != units)
        {
            throw new ArgumentException($"The activity of {activity.Length} units cannot be added to that of {units}.", nameof(activity));
        }

        var degree = (int)(Math.Round(stimulus) - period * Math.Floor(Math.Round(stimulus) / period));
        var sum = _sums[degree] ??= new float[units];
        TensorPrimitives.Add(sum, activity, sum);
        _counts[degree]++;
    }

    /// <summary>The degree at which the smoothed tuning curve of each unit is highest. Only degrees that were shown are considered.</summary>
    /// <returns>Degrees from 0 to the period.</returns>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double[] PreferredAngles()
    {
        var (preferred, highest) = (new double[units], new float[units]);
        Array.Fill(highest, float.NegativeInfinity);
        var smoothed = new float[units];
        var isEmpty = true;
        for (var degree = 0; degree < period; degree++)
        {
            if (_counts[degree] == 0)
            {
                continue;
            }

            isEmpty = false;
            Smooth(degree, smoothed);
            for (var unit = 0; unit < units; unit++)
            {
                if (smoothed[unit] > highest[unit])
                {
                    (preferred[unit], highest[unit]) = (degree, smoothed[unit]);
                }
            }
        }

        return isEmpty ? throw new InvalidOperationException("No activity was added, so no unit prefers anything.") : preferred;
    }

    /// <summary>The mean of trials near a degree, weighted by a Gaussian of their distance on the circle.</summary>
    private void Smooth(int degree, float[] smoothed)
    {
        Array.Clear(smoothed);
        var total = 0.0;
        for (var offset = -Reach; offset <= Reach; offset++)
        {
            var at = ((degree + offset) % period + period) % period;
            if (_sums[at] is { } sum)
            {
                var weight = Math.Exp(-offset * offset / (2 * Smoothing * Smoothing));
                total += weight * _counts[at];
                TensorPrimitives.MultiplyAdd(sum, (float)weight, smoothed, smoothed);
            }
        }

        TensorPrimitives.Multiply(smoothed, (float)(1 / total), smoothed);
    }
}
