using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Cosine of an angle in radians.</summary>
public readonly struct Cos<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => T.Cos(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Cos(x);
}
