using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>The gradient a where b is above 0, else sa: what a leaky rectifier passes back.</summary>
/// <param name="slope">The slope s.</param>
public readonly struct LeakyReluGradient<T>(T slope) : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _slope = slope;

    /// <inheritdoc/>
    public T Invoke(T a, T b) => b > T.Zero ? a : _slope * a;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(b, Vector256<T>.Zero), a, Vector256.Create(_slope) * a);
}
