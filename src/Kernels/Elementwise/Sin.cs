using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Sine of an angle in radians.</summary>
public readonly struct Sin<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => T.Sin(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Sin(x);
}
