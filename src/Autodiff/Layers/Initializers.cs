using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// Values that parameters start from, with the formulas of PyTorch's <c>torch.nn.init</c>. Each replaces the parameter's values in place.
/// </summary>
/// <remarks>The fans of a weight [out, in, k...] are in · k... inputs and out · k... outputs.</remarks>
public static class Initializers
{
    /// <summary>How much a layer's weights are scaled up to make good for the variance that the nonlinearity behind it takes.</summary>
    /// <param name="nonlinearity">What follows the layer.</param>
    /// <param name="slope">The slope below 0 of <see cref="Nonlinearity.LeakyRelu"/>.</param>
    public static double Gain(Nonlinearity nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => Math.Sqrt(2),
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + slope * slope)),
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, "There is no such nonlinearity."),
    };

    /// <summary>Evenly spread values in [-b, b) with b = g √(3 / fan) (He et al. 2015).</summary>
    /// <param name="parameter">The weight, of at least two axes.</param>
    /// <param name="generator">Where the random numbers come from.</param>
    /// <param name="nonlinearity">What follows the layer, for the gain g.</param>
    /// <param name="slope">The slope below 0 of <see cref="Nonlinearity.LeakyRelu"/>; √5 is the default of PyTorch's Linear.</param>
    /// <param name="mode">Which fan counts.</param>
    public static void KaimingUniform<T>(
        Parameter<T> parameter, Generator generator,
        Nonlinearity nonlinearity = Nonlinearity.LeakyRelu, double slope = 0, FanMode mode = FanMode.Input)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Symmetric(parameter, generator, Math.Sqrt(3) * KaimingDeviation(parameter, nonlinearity, slope, mode));

    /// <summary>Normally distributed values with mean 0 and standard deviation g / √fan (He et al. 2015).</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static void KaimingNormal<T>(
        Parameter<T> parameter, Generator generator,
        Nonlinearity nonlinearity = Nonlinearity.LeakyRelu, double slope = 0, FanMode mode = FanMode.Input)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Normal(parameter, generator, 0, KaimingDeviation(parameter, nonlinearity, slope, mode));

    /// <summary>Evenly spread values in [-b, b) with b = g √(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
    /// <param name="parameter">The weight, of at least two axes.</param>
    /// <param name="generator">Where the random numbers come from.</param>
    /// <param name="gain">The gain g; see <see cref="Gain"/>.</param>
    public static void XavierUniform<T>(Parameter<T> parameter, Generator generator, double gain = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Symmetric(parameter, generator, Math.Sqrt(3) * XavierDeviation(parameter, gain));

    /// <summary>
    /// Normally distributed values with mean 0 and standard deviation g √(2 / (inputs + outputs)) (Glorot and Bengio 2010).
    /// </summary>
    /// <inheritdoc cref="XavierUniform"/>
    public static void XavierNormal<T>(Parameter<T> parameter, Generator generator, double gain = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Normal(parameter, generator, 0, XavierDeviation(parameter, gain));

    /// <summary>Evenly spread values in [low, high).</summary>
    public static void Uniform<T>(Parameter<T> parameter, Generator generator, double low, double high)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        generator.FillUniform(parameter.View, T.CreateChecked(low), T.CreateChecked(high));
        parameter.View.Storage.Touch();
    }

    /// <summary>Normally distributed values.</summary>
    public static void Normal<T>(Parameter<T> parameter, Generator generator, double mean, double standardDeviation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        generator.FillNormal(parameter.View, T.CreateChecked(mean), T.CreateChecked(standardDeviation));
        parameter.View.Storage.Touch();
    }

    /// <summary>One value everywhere.</summary>
    public static void Constant<T>(Parameter<T> parameter, double value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        parameter.Device.Fill(parameter.View, T.CreateChecked(value));
        parameter.View.Storage.Touch();
    }

    private static void Symmetric<T>(Parameter<T> parameter, Generator generator, double bound)
        where T : unmanaged, IFloatingPointIeee754<T> => Uniform(parameter, generator, -bound, bound);

    private static double KaimingDeviation<T>(Parameter<T> parameter, Nonlinearity nonlinearity, double slope, FanMode mode)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int inputs, int outputs) = Fans(parameter);
        return Gain(nonlinearity, slope) / Math.Sqrt(mode == FanMode.Input ? inputs : outputs);
    }

    private static double XavierDeviation<T>(Parameter<T> parameter, double gain)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int inputs, int outputs) = Fans(parameter);
        return gain * Math.Sqrt(2.0 / (inputs + outputs));
    }

    private static (int Inputs, int Outputs) Fans<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = parameter.Shape;
        if (shape.Rank < 2 || shape.Count == 0)
        {
            throw new ArgumentException($"Initializers: {parameter.Origin} has shape {shape}, so no inputs and outputs to count; a weight "
                + "[out, in, ...] is needed. Use Uniform, Normal or Constant.");
        }

        return (shape.Count / shape[0], shape.Count / shape[1]);
    }
}
