using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The gradient a where b is above 0, else 0: what ReLU passes back.</summary>
public readonly struct ReluGradient<T> : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b) => b > T.Zero ? a : T.Zero;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => a & Vector256.GreaterThan(b, Vector256<T>.Zero);
}
