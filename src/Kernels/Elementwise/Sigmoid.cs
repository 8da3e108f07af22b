using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>
/// Logistic sigmoid, 1 / (1 + e⁻ˣ), from e^-|x| so that it neither overflows nor loses small results; what 1 + e^-|x| is rounded by is
/// put back.
/// </summary>
public readonly struct Sigmoid<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x)
    {
        T e = T.Exp(-T.Abs(x)), sum = T.One + e, y = (x < T.Zero ? e : T.One) / sum;
        return y - y * (e - (sum - T.One)) / sum;
    }

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x)
    {
        Vector256<T> e = VectorMath.Exp(-Vector256.Abs(x)), one = Vector256<T>.One, sum = one + e;
        Vector256<T> y = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), e, one) / sum;
        return y - y * (e - (sum - one)) / sum;
    }
}
