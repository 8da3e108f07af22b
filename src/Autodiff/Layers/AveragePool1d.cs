using System.Numerics;

namespace Autodiff;

/// <summary>The mean of what each window sees, as a layer. See <see cref="Ops.AveragePool1d{T}"/>.</summary>
/// <param name="size">The size of the windows.</param>
/// <param name="stride">How far they lie apart; by default their size.</param>
/// <param name="padding">How much is put around; at most half the size.</param>
public sealed class AveragePool1d<T>(int size, int? stride = null, int padding = 0) : Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The size of the windows.</summary>
    public int Size { get; } = size;

    /// <summary>How far they lie apart.</summary>
    public int Stride { get; } = stride ?? size;

    /// <summary>How much is put around.</summary>
    public int Padding { get; } = padding;

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input) => input.AveragePool1d(Size, Stride, Padding);

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool1d({Size}, stride: {Stride}, padding: {Padding})";
}
