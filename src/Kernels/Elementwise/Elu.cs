using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Exponential linear unit: x above 0, α(eˣ - 1) below.</summary>
/// <param name="alpha">The scale α below 0.</param>
/// <remarks>On the CPU at most 0.51 ulp (for α = 1) in float, 0.9 ulp in double: see docs/accuracy.md.</remarks>
public readonly struct Elu<T>(T alpha) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _alpha = alpha;

    /// <inheritdoc/>
    public T Invoke(T x) => x > T.Zero ? x : _alpha * Scalar.Expm1(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<T>.Zero), x, Vector256.Create(_alpha) * VectorMath.Expm1(x));
}
