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
    /// <returns>The norm n before scaling; 0 without gradients. While a <see cref="Step"/> is captured undefined (NaN): it is then known to the device alone.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is negative or undefined.</exception>
    /// <exception cref="ArithmeticException">The norm is not finite and <paramref name="errorIfNonFinite"/> is set; the gradients are
    /// unchanged.</exception>
    /// <exception cref="InvalidOperationException">A step is being captured, and <paramref name="errorIfNonFinite"/> is set or the parameters are on several devices.</exception>
    public static double ByNorm<T>(IEnumerable<Parameter<T>> parameters, double maxNorm, bool errorIfNonFinite = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(maxNorm >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "The largest norm must be a number from 0 on.");
        }

        Parameter<T>[] active = WithGradient(parameters);
        if (StepCapture.Current is not null)
        {
            if (errorIfNonFinite)
            {
                StepCapture.Refuse("Clip.ByNorm", "errorIfNonFinite would have to look at the norm on the host, which replays do not. Leave it out.");
            }

            ScaleOnDevice(active, maxNorm);
            return double.NaN;
        }
        double norm = Math.Sqrt(active.GroupBy(parameter => parameter.Device).Sum(SumOfSquares));
        if (errorIfNonFinite && !double.IsFinite(norm))
        {
            string names = string.Join(", ", active.Where(p => !double.IsFinite(SumOfSquares([p]))).Select(p => p.Origin));
            throw new ArithmeticException($"Clip: the norm of the gradients is {norm}, because of {names}. Look for a division by zero, a "
                + "logarithm of zero or too large a learning rate.");
        }
        double factor = maxNorm / (norm + 1e-6);
        if (factor >= 1)
        {
            return norm;
        }

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
        {
            throw new ArgumentOutOfRangeException(nameof(maxValue), maxValue, "The largest magnitude must be a number from 0 on.");
        }

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
        SumSquares(parameters, sums);
        T[] values = new T[parameters.Length];
        device.Download(sums, 0, values.AsSpan());
        return values.Sum(double.CreateTruncating);
    }

    private static void SumSquares<T>(Parameter<T>[] parameters, Storage<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<int> ones = stackalloc int[Shape.MaxRank];
        ones.Fill(1);
        for (int i = 0; i < parameters.Length; i++)
        {
            View<T> gradient = parameters[i].Gradient!.View;
            new Layout([parameters.Length]).Slice(0, i, 1).TryReshape(new Shape(ones[..gradient.Shape.Rank]), out Layout one);
            gradient.Device.Reduce(gradient, new View<T>(sums, one), new SumOfSquares<T>());
        }
    }

    /// <summary>The same without a look at the norm: the factor stays on the device.</summary>
    private static void ScaleOnDevice<T>(Parameter<T>[] parameters, double maxNorm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (parameters.Length == 0)
        {
            return;
        }

        Device device = parameters[0].Device;
        if (parameters.FirstOrDefault(parameter => parameter.Device != device) is { } other)
        {
            StepCapture.Refuse("Clip.ByNorm", $"{parameters[0].Origin} is on {device.Name}, {other.Origin} on {other.Device.Name}; clip the parameters of each device by themselves.");
        }

        using Storage<T> sums = new(device, parameters.Length), number = new(device, 1);
        SumSquares(parameters, sums);
        View<T> factor = new(number, new Layout([1]));
        device.Reduce(new View<T>(sums, new Layout([parameters.Length])), factor, new Sum<T>(T.One));
        device.Map(factor, factor, new Sqrt<T>());
        device.Map(factor, factor, new Affine<T>(T.One, T.CreateChecked(1e-6)));
        device.Map(factor, factor, new Reciprocal<T>(T.CreateChecked(maxNorm)));
        device.Map(factor, factor, new Clip<T>(T.Zero, T.One));
        foreach (Parameter<T> parameter in parameters)
        {
            View<T> gradient = parameter.WritableGradient();
            factor.Layout.TryReshape([], out Layout scalar);
            device.Zip(gradient, factor.With(scalar.BroadcastTo(gradient.Shape)), gradient, new Multiply<T>());
        }
    }
}
