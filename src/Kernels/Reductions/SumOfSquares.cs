using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Reductions;

/// <summary>Sum of the squared elements.</summary>
public readonly struct SumOfSquares<T> : IReductionKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Identity => T.Zero;

    /// <inheritdoc/>
    public T Load(T x) => x * x;

    /// <inheritdoc/>
    public T Combine(T a, T b) => a + b;

    /// <inheritdoc/>
    public T Finish(T total) => total;

    /// <inheritdoc/>
    public Vector256<T> Load(Vector256<T> x) => x * x;

    /// <inheritdoc/>
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => a + b;
}
