using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>A constant over each element, c / x.</summary>
/// <param name="numerator">The constant c.</param>
public readonly struct Reciprocal<T>(T numerator) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _numerator = numerator;

    /// <inheritdoc/>
    public T Invoke(T x) => _numerator / x;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.Create(_numerator) / x;
}
