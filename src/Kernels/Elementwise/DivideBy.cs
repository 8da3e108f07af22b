using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Each element over a constant, x / c.</summary>
/// <param name="divisor">The constant c.</param>
public readonly struct DivideBy<T>(T divisor) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _divisor = divisor;

    /// <inheritdoc/>
    public T Invoke(T x) => x / _divisor;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) =>
        x / Vector256.Create(_divisor);
}
