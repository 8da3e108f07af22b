using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>A constant where a uniform number in [0, 1) is at least p, else 0: the mask of inverted dropout.</summary>
/// <param name="probability">The probability p of a 0.</param>
/// <param name="scale">The constant, 1 / (1 - p).</param>
public readonly struct DropoutMask<T>(T probability, T scale) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _probability = probability;
    private readonly T _scale = scale;

    /// <inheritdoc/>
    public T Invoke(T x) => x >= _probability ? _scale : T.Zero;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) =>
        Vector256.Create(_scale) & Vector256.GreaterThanOrEqual(x, Vector256.Create(_probability));
}
