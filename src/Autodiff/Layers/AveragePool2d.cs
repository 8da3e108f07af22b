using System.Numerics;

namespace Autodiff;

/// <summary>The mean of what each window sees, as a layer. See <see cref="Ops.AveragePool2d{T}"/>.</summary>
/// <param name="size">The size of the windows.</param>
/// <param name="stride">How far they lie apart; by default their size.</param>
/// <param name="padding">How much is put around; at most half the size.</param>
public sealed class AveragePool2d<T>(Extent2d size, Extent2d? stride = null, Extent2d? padding = null) : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The size of the windows.</summary>
    public Extent2d Size { get; } = size;

    /// <summary>How far they lie apart.</summary>
    public Extent2d Stride { get; } = stride ?? size;

    /// <summary>How much is put around.</summary>
    public Extent2d Padding { get; } = padding ?? 0;

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.AveragePool2d(Size, Stride, Padding);

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool2d({Size}, stride: {Stride}, padding: {Padding})";
}
