using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Choice: b where the mask a is not 0, else c.</summary>
public readonly struct Where<T> : ITernaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public T Invoke(T a, T b, T c) => a != T.Zero ? b : c;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, Vector256<T>.Zero), c, b);
}
