using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Error function, 2/√π ∫₀ˣ e^-t² dt.</summary>
public readonly struct Erf<T> : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T x) => Scalar.Erf(x);

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => VectorMath.Erf(x);
}
