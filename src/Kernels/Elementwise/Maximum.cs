using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The larger of two numbers; NaN if either is.</summary>
public readonly struct Maximum<T> : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b) => a > b || T.IsNaN(a) ? a : b;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(Vector256.GreaterThan(a, b) | Vector256.IsNaN(a), a, b);
}
