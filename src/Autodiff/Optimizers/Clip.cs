using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Keeps gradients from becoming too large: call it between the backward pass and the step.</summary>
public static class Clip
{
    /// <summary>
    /// Scales all gradients together, g ← g · min(1, c / (n + 10⁻⁶)), so that their common Euclidean norm n is at most c; PyTorch's
    /// <c>clip_grad_norm_</c>.
    /// </summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="maxNorm">The largest norm c.</param>
    /// <param name="errorIfNonFinite">
    /// Whether an infinite or undefined norm is an error. If not, as in PyTorch, an infinite norm makes all finite gradients 0, and an
    /// undefined one makes all gradients undefined.
    /// </param>
    /// <returns>The norm n before scaling; 0 without gradients.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is negative or undefined.</exception>
    /// <exception cref="ArithmeticException">The norm is not finite and <paramref name="errorIfNonFinite"/> is set; the gradients are
    /// unchanged.</exception>
    public static double ByNorm<T>(IEnumerable<Parameter<T>> parameters, double maxNorm, bool errorIfNonFinite = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(maxNorm >= 0))
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "The largest norm must be a number from 0 on.");
        Parameter<T>[] active = WithGradient(parameters);
        double norm = Math.Sqrt(active.GroupBy(parameter => parameter.Device).Sum(SumOfSquares));
        if (errorIfNonFinite && !double.IsFinite(norm))
        {
            string names = string.Join(", ", active.Where(p => !double.IsFinite(SumOfSquares([p]))).Select(p => p.Origin));
            throw new ArithmeticException($"Clip: the norm of the gradients is {norm}, because of {names}. Look for a division by zero, a "
                + "logarithm of zero or too large a learning rate.");
        }
        double factor = maxNorm / (norm + 1e-6);
        if (factor >= 1)
            return norm;
        foreach (Parameter<T> parameter in active)
        {
            View<T> gradient = parameter.WritableGradient();
            gradient.Device.Map(gradient, gradient, new Affine<T>(T.CreateChecked(factor), T.Zero));
        }
        return norm;
    }

    /// <summary>Limits every element of the gradients to [-c, c]; PyTorch's <c>clip_grad_value_</c>.</summary>
    /// <param name="parameters">The parameters; those without a gradient are left out.</param>
    /// <param name="maxValue">The largest magnitude c.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is negative or undefined.</exception>
    public static void ByValue<T>(IEnumerable<Parameter<T>> parameters, double maxValue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(maxValue >= 0))
            throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, "The largest magnitude must be a number from 0 on.");
        T limit = T.CreateChecked(maxValue);
        foreach (Parameter<T> parameter in WithGradient(parameters))
        {
            View<T> gradient = parameter.WritableGradient();
            gradient.Device.Map(gradient, gradient, new Clip<T>(-limit, limit));
        }
    }

    private static Parameter<T>[] WithGradient<T>(IEnumerable<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. parameters.Where(parameter => parameter.Gradient is not null)];

    // All sums of one device are fetched together: waiting for each would cost a GPU more than the sums.
    private static double SumOfSquares<T>(IEnumerable<Parameter<T>> parametersOfOneDevice)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parameter<T>[] parameters = [.. parametersOfOneDevice];
        Device device = parameters[0].Device;
        using Storage<T> sums = new(device, parameters.Length);
        Span<int> ones = stackalloc int[Shape.MaxRank];
        ones.Fill(1);
        for (int i = 0; i < parameters.Length; i++)
        {
            View<T> gradient = parameters[i].Gradient!.View;
            new Layout([parameters.Length]).Slice(0, i, 1).TryReshape(new Shape(ones[..gradient.Shape.Rank]), out Layout one);
            device.Reduce(gradient, new View<T>(sums, one), new SumOfSquares<T>());
        }
        T[] values = new T[parameters.Length];
        device.Download(sums, 0, values.AsSpan());
        return values.Sum(double.CreateTruncating);
    }
}
