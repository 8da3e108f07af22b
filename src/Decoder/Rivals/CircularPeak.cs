using Decoder.LinearAlgebra;

namespace Decoder.Rivals;

/// <summary>
/// The peak of a function on the circle between the nodes at which it is known: interpolated a hundredfold around the largest value with a Gaussian kernel (kriging), as in the registration and
/// decoding of Stringer et al. (2021).
/// </summary>
internal static class CircularPeak
{
    private const int Upsampling = 100;
    private const int Reach = 5;

    /// <summary>Standard deviation of the kernel, in nodes.</summary>
    private const double Width = 1;

    /// <summary>Row u: weights of the values at nodes -5, ..., 5 for the position -1 + u / 100.</summary>
    private static readonly double[] Weights = CreateWeights();

    /// <summary>Index of the largest value, the first of equals.</summary>
    public static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <summary>The position of the peak in nodes, from -1 to the number of nodes.</summary>
    /// <param name="values">Values at nodes that are evenly spaced around the circle.</param>
    public static double Find(ReadOnlySpan<double> values)
    {
        const int Window = 2 * Reach + 1;
        var top = Largest(values);
        Span<double> around = stackalloc double[Window];
        for (var i = 0; i < Window; i++)
        {
            // Relative to the peak, where the kernel's weights do not quite sum to one.
            around[i] = values[(top - Reach + i + Reach * values.Length) % values.Length] - values[top];
        }

        var (best, height) = (Upsampling, double.NegativeInfinity);
        for (var u = 0; u <= 2 * Upsampling; u++)
        {
            var value = 0.0;
            for (var i = 0; i < Window; i++)
            {
                value += Weights[u * Window + i] * around[i];
            }

            (best, height) = value > height ? (u, value) : (best, height);
        }

        return top - 1 + (double)best / Upsampling;
    }

    private static double[] CreateWeights()
    {
        const int Window = 2 * Reach + 1;
        var kernel = new double[Window * Window];
        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i] = Kernel(i / Window - i % Window) + (i / Window == i % Window ? 1e-6 : 0);
        }

        var inverse = Cholesky.Factor(kernel, Window).Inverse();
        var weights = new double[(2 * Upsampling + 1) * Window];
        for (var u = 0; u <= 2 * Upsampling; u++)
        {
            var position = -1 + (double)u / Upsampling;
            for (var i = 0; i < Window; i++)
            {
                for (var j = 0; j < Window; j++)
                {
                    weights[u * Window + i] += Kernel(j - Reach - position) * inverse[j * Window + i];
                }
            }
        }

        return weights;
    }

    private static double Kernel(double distance) => Math.Exp(-distance * distance / (2 * Width * Width));
}
