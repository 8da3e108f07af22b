using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Mask of a &lt; b: 1 where it holds, 0 elsewhere (and where either is NaN).</summary>
public readonly struct Less<T> : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b) => a < b ? T.One : T.Zero;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => Vector256<T>.One & Vector256.LessThan(a, b);
}
