using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The gradient a where b is in the interval, bounds included, else 0: what clipping passes back.</summary>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
public readonly struct ClipGradient<T>(T low, T high) : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _low = low;
    private readonly T _high = high;

    /// <inheritdoc/>
    public T Invoke(T a, T b) => b >= _low && b <= _high ? a : T.Zero;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) =>
        a & Vector256.GreaterThanOrEqual(b, Vector256.Create(_low)) & Vector256.LessThanOrEqual(b, Vector256.Create(_high));
}
