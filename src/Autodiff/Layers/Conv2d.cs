using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A layer of two-dimensional convolutions; see <see cref="Ops.Conv2d{T}"/>.</summary>
/// <remarks>
/// Parameters <c>weight</c> [outputs, channels / groups, rows, columns] and <c>bias</c> [outputs], both spread evenly in ±1/√n at first, with the n
/// inputs of an output: PyTorch's <c>Conv2d</c> (Kaiming, slope √5).
/// </remarks>
public sealed class Conv2d<T> : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a layer with random weights.</summary>
    /// <param name="channels">The channels of the input.</param>
    /// <param name="outputs">The channels of the output.</param>
    /// <param name="size">The size of the windows.</param>
    /// <param name="generator">Where the random numbers come from. For other initial values see <see cref="Initializers"/>.</param>
    /// <param name="stride">How far windows lie apart; by default 1.</param>
    /// <param name="padding">How many zeros are put around; by default none.</param>
    /// <param name="dilation">How far the elements of a window lie apart; by default 1.</param>
    /// <param name="groups">Into how many groups channels and outputs are cut; both must be multiples.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    /// <exception cref="ArgumentException">The channels or the outputs are not a multiple of the groups.</exception>
    public Conv2d(
        int channels, int outputs, Extent2d size, Generator generator, Extent2d? stride = null, Extent2d? padding = null, Extent2d? dilation = null,
        int groups = 1, bool bias = true, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(size.Height, size.Width), 1, nameof(size));
        if (channels % groups != 0 || outputs % groups != 0)
        {
            throw new ArgumentException($"Conv2d: {channels} channels and {outputs} outputs cannot be cut into {groups} groups; both must be multiples.");
        }

        (Channels, Outputs, Size, Groups) = (channels, outputs, size, groups);
        (Stride, Padding, Dilation) = (stride ?? 1, padding ?? 0, dilation ?? 1);
        Weight = Register("weight", new Parameter<T>([outputs, channels / groups, size.Height, size.Width], device: device));
        Initializers.KaimingUniform(Weight, generator, slope: Math.Sqrt(5));
        if (!bias)
        {
            return;
        }

        Bias = Register("bias", new Parameter<T>([outputs], device: device));
        double bound = 1 / Math.Sqrt((double)channels / groups * size.Height * size.Width);
        Initializers.Uniform(Bias, generator, -bound, bound);
    }

    /// <summary>The channels of the input.</summary>
    public int Channels { get; }

    /// <summary>The channels of the output.</summary>
    public int Outputs { get; }

    /// <summary>The size of the windows.</summary>
    public Extent2d Size { get; }

    /// <summary>How far windows lie apart.</summary>
    public Extent2d Stride { get; }

    /// <summary>How many zeros are put around.</summary>
    public Extent2d Padding { get; }

    /// <summary>How far the elements of a window lie apart.</summary>
    public Extent2d Dilation { get; }

    /// <summary>Into how many groups channels and outputs are cut.</summary>
    public int Groups { get; }

    /// <summary>The weight, [outputs, channels / groups, rows, columns].</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The bias, [outputs]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <inheritdoc/>
    /// <param name="input">[images, channels, rows, columns].</param>
    /// <returns>[images, outputs, rows, columns].</returns>
    /// <exception cref="ArgumentException">The input has other channels, or is smaller than the windows.</exception>
    public override Tensor<T> Forward(Tensor<T> input) => input.Conv2d(Weight, Bias, Stride, Padding, Dilation, Groups);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv2d({Channels}, {Outputs}, {Size}, stride: {Stride}, padding: {Padding}, dilation: {Dilation}, groups: {Groups}{(Bias is null ? ", bias: false" : "")})";
}
