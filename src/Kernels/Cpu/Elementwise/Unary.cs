using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>A function of one argument as an <see cref="IElementwise{T}"/>.</summary>
internal readonly struct Unary<T, TOp>(TOp op) : IElementwise<T>
    where T : unmanaged
    where TOp : struct, IUnaryKernel<T>
{
    private readonly TOp _op = op;

    public static int Arity => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<T> Invoke(Vector256<T> a, Vector256<T> b, Vector256<T> c) => _op.Invoke(a);

    public static bool IsWide => TOp.IsWide;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Invoke(Vector512<T> a) => _op.Invoke(a);
}
