using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Square root, √x; NaN below 0.</summary>
public readonly struct Sqrt<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => T.Sqrt(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.Sqrt(x);
}
