using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Each element raised to a constant, x^p.</summary>
/// <param name="exponent">The exponent p.</param>
public readonly struct PowerOf<T>(T exponent) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _exponent = exponent;

    /// <inheritdoc/>
    public T Invoke(T x) => T.Pow(x, _exponent);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Pow(x, Vector256.Create(_exponent));
}
