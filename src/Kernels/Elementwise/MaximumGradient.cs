using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The gradient a where b is above c, a share of it where they are equal, 0 where b is below: what a maximum passes back to b. NaN passes it on.</summary>
/// <param name="share">The share of each of equals: a half.</param>
public readonly struct MaximumGradient<T>(T share) : ITernaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _share = share;

    /// <inheritdoc/>
    public T Invoke(T a, T b, T c) => b < c ? T.Zero : b == c ? _share * a : a;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        Vector256.AndNot(Vector256.ConditionalSelect(Vector256.Equals(b, c), Vector256.Create(_share) * a, a), Vector256.LessThan(b, c));
}
