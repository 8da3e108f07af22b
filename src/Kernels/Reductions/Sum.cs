using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Reductions;

/// <summary>Sum of the elements, times a constant: with 1 / count, the mean.</summary>
/// <param name="scale">The constant: 1 for the sum, 1 / count for the mean.</param>
public readonly struct Sum<T>(T scale) : IReductionKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _scale = scale;

    /// <inheritdoc/>
    public T Identity => T.Zero;

    /// <inheritdoc/>
    public T Load(T x) => x;

    /// <inheritdoc/>
    public T Combine(T a, T b) => a + b;

    /// <inheritdoc/>
    public T Finish(T total) => total * _scale;

    /// <inheritdoc/>
    public Vector256<T> Load(Vector256<T> x) => x;

    /// <inheritdoc/>
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => a + b;
}
