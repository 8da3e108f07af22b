using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Natural logarithm, ln x; NaN below 0, -∞ at 0.</summary>
/// <remarks>On the CPU at most 0.9 ulp in float, 0.7 ulp in double: see docs/accuracy.md.</remarks>
public readonly struct Log<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => T.Log(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Log(x);
}
