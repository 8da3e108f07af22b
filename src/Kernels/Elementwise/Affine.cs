using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Scaling and shifting by constants, αx + β.</summary>
/// <param name="alpha">The factor α.</param>
/// <param name="beta">The summand β.</param>
public readonly struct Affine<T>(T alpha, T beta) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _alpha = alpha;
    private readonly T _beta = beta;

    /// <inheritdoc/>
    public T Invoke(T x) => _alpha * x + _beta;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.Create(_alpha) * x + Vector256.Create(_beta);
}
