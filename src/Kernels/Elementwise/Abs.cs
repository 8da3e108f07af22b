using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Absolute value, |x|.</summary>
public readonly struct Abs<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => T.Abs(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.Abs(x);
}
