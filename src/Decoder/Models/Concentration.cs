using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>How the concentration kappa of a von Mises distribution, the length of its mean vector, A(kappa) = I1(kappa) / I0(kappa), and its width belong together.</summary>
/// <remarks>Source: Mardia and Jupp, Directional Statistics (2000), section 3.5.4 and appendix 1.</remarks>
public static class Concentration
{
    /// <summary>Beyond this the distribution is narrower than any angle is measured, and 1 - A too small for double precision to invert well.</summary>
    private const double Largest = 1e7;

    /// <summary>A(kappa), from 0 to 1.</summary>
    public static double MeanLength(double concentration)
    {
        using var scope = new Tape(record: false);
        return Tensor.Scalar(concentration, Device.Cpu).BesselRatio().Item();
    }

    /// <summary>The kappa whose mean vector has a length, by Newton's method; at most 1e7.</summary>
    /// <param name="length">From 0 to 1.</param>
    public static double OfMeanLength(double length)
    {
        if (!(length is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The mean of unit vectors has a length from 0 to 1.");
        }

        // Near 1 the length is 1 - 1 / (2 kappa).
        if (1 - length < 0.5 / Largest)
        {
            return Largest;
        }

        // Best and Fisher's start (1981) is right to a few percent.
        var start = length < 0.53 ? length * (2 + length * length * (1 + 5 * length * length / 6))
            : length < 0.85 ? -0.4 + 1.39 * length + 0.43 / (1 - length)
            : 1 / (length * (length * (length - 4) + 3));
        var concentration = start;
        for (var i = 0; i < 4 && concentration > 0; i++)
        {
            var ratio = MeanLength(concentration);
            var slope = 1 - ratio / concentration - ratio * ratio;
            concentration = slope > 0 ? Math.Clamp(concentration - (ratio - length) / slope, concentration / 2, 2 * concentration) : concentration;
        }

        return Math.Min(concentration, Largest);
    }

    /// <summary>The concentration of a circular standard deviation in radians.</summary>
    public static double OfDeviation(double deviation) => OfMeanLength(Math.Exp(-deviation * deviation / 2));

    /// <summary>The probability of an angle at most so far from the mean: of exp(kappa cos t) between -distance and distance, relative to that of the whole circle.</summary>
    /// <param name="concentration">From 0 on.</param>
    /// <param name="distance">Radians from 0 to pi.</param>
    public static double Within(double concentration, double distance)
    {
        if (!(concentration >= 0 && distance is >= 0 and <= Math.PI + 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(distance), $"Concentration {concentration}, distance {distance}: a concentration from 0 on and a distance from 0 to pi are needed.");
        }

        // Fifteen standard deviations away there is nothing left to add.
        var end = Math.Min(Math.PI, 15 / Math.Sqrt(concentration));
        return distance >= end ? 1 : Integral(concentration, distance) / Integral(concentration, end);
    }

    /// <summary>The integral of exp(kappa (cos t - 1)) from 0 on, by Simpson's rule.</summary>
    private static double Integral(double concentration, double end)
    {
        const int Intervals = 400;
        var sum = 0.0;
        for (var i = 0; i <= Intervals; i++)
        {
            // 1 - cos t = 2 sin² (t / 2), which does not cancel.
            var sine = Math.Sin(end * i / Intervals / 2);
            sum += Math.Exp(-2 * concentration * sine * sine) * (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2);
        }

        return sum * end / Intervals / 3;
    }

    /// <summary>The circular standard deviation in radians, √(-2 ln A(kappa)); about 1 / √kappa where kappa is large, infinite at 0.</summary>
    public static double Deviation(double concentration) => Math.Sqrt(-2 * Math.Log(MeanLength(concentration)));
}
