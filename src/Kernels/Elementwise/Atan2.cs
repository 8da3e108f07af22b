using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The angle of the point (b, a) in radians, in (-π, π].</summary>
public readonly struct Atan2<T> : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b) => T.Atan2(a, b);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => VectorMath.Atan2(a, b);
}
