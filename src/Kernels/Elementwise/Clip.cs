using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels.Elementwise;

/// <summary>Limits to an interval, min(max(x, low), high); NaN stays NaN.</summary>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
public readonly struct Clip<T>(T low, T high) : IUnaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _low = low;
    private readonly T _high = high;

    /// <inheritdoc/>
    public T Invoke(T x) => x < _low ? _low : x > _high ? _high : x;

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> x) => Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(_low)), Vector256.Create(_low), Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(_high)), Vector256.Create(_high), x));
}
