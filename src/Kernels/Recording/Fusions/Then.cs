using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A function of two arguments, then one of its result: g(f(a, b)).</summary>
/// <param name="first">The function f.</param>
/// <param name="second">The function g.</param>
internal readonly struct Then<T, TFirst, TSecond>(TFirst first, TSecond second) : IBinaryKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFirst : struct, IBinaryKernel<T>
    where TSecond : struct, IUnaryKernel<T>
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    /// <inheritdoc/>
    public T Invoke(T a, T b) => _second.Invoke(_first.Invoke(a, b));

    /// <inheritdoc/>
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b) => _second.Invoke(_first.Invoke(a, b));
}
