using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Reductions;

/// <summary>The largest element; NaN if any is.</summary>
public readonly struct Max<T> : IReductionKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Identity => T.NegativeInfinity;

    /// <inheritdoc/>
    public T Load(T x) => x;

    /// <inheritdoc/>
    public T Combine(T a, T b) => a > b || T.IsNaN(a) ? a : b;

    /// <inheritdoc/>
    public T Finish(T total) => total;

    /// <inheritdoc/>
    public Vector256<T> Load(Vector256<T> x) => x;

    /// <inheritdoc/>
    public Vector256<T> Combine(Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b) | Vector256.IsNaN(a), a, b);
}
