using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The value itself; what a copy between element orders runs.</summary>
public readonly struct Identity<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => x;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => x;
}
