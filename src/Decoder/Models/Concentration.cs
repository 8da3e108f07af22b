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

    /// <summary>The circular standard deviation in radians, √(-2 ln A(kappa)); about 1 / √kappa where kappa is large, infinite at 0.</summary>
    public static double Deviation(double concentration) => Math.Sqrt(-2 * Math.Log(MeanLength(concentration)));
}
