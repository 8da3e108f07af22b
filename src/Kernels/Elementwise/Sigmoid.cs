using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Logistic sigmoid, 1 / (1 + e⁻ˣ), from e^-|x| so that it neither overflows nor loses small results.</summary>
public readonly struct Sigmoid<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x)
    {
        T e = T.Exp(-T.Abs(x));
        return (x < T.Zero ? e : T.One) / (T.One + e);
    }

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x)
    {
        Vector256<T> e = VectorMath.Exp(-Vector256.Abs(x));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), e, Vector256<T>.One) / (Vector256<T>.One + e);
    }
}
