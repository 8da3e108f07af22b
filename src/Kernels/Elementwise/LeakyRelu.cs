using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Leaky rectifier: x above 0, sx below.</summary>
/// <param name="slope">The slope s below 0.</param>
public readonly struct LeakyRelu<T>(T slope) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _slope = slope;

    /// <inheritdoc/>
    public T Invoke(T x) => x < T.Zero ? _slope * x : x;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<T>.Zero), Vector256.Create(_slope) * x, x);
}
