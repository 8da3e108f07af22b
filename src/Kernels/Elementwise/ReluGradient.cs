using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The gradient a, but 0 where b is 0 or below: what ReLU passes back. NaN passes it on.</summary>
public readonly struct ReluGradient<T> : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b) => b <= T.Zero ? T.Zero : a;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => Vector256.AndNot(a, Vector256.LessThanOrEqual(b, Vector256<T>.Zero));
}
