using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Logarithm of the modified Bessel function of the first kind of order 0.</summary>
public readonly struct LogBesselI0<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => Bessel.LogI0(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.LogBesselI0(x);
}
