using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Negation, -x.</summary>
public readonly struct Negate<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => -x;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => -x;
}
