using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A function of three arguments as an <see cref="IElementwise{T}"/>.</summary>
internal readonly struct Ternary<T, TOp>(TOp op) : IElementwise<T>
    where T : unmanaged
    where TOp : struct, ITernaryKernel<T>
{
    private readonly TOp _op = op;

    public static int Arity => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c) => _op.Invoke(a, b, c);
}
