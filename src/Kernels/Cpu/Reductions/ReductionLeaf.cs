using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The reduction of a short run of neighbours: the leaves of the tree.</summary>
internal static unsafe class ReductionLeaf
{
    /// <summary>The elements of a leaf: long enough that the tree costs nothing, short enough that a gathered leaf stays in the cache.</summary>
    public const int Length = 4096;

    private static ReadOnlySpan<ulong> Mask => [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0, 0, 0, 0];

    /// <summary>Combines <paramref name="count"/> loaded elements in four vectors of partial results, in an order that depends on the count alone.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Run<T, TOp>(TOp op, T* x, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        int lanes = Vector256<T>.Count;
        Vector256<T> first = Vector256.Create(op.Identity), second = first, third = first, fourth = first;
        for (; count >= 4 * lanes; count -= 4 * lanes, x += 4 * lanes)
        {
            first = op.Combine(first, op.Load(Vector256.Load(x)));
            second = op.Combine(second, op.Load(Vector256.Load(x + lanes)));
            third = op.Combine(third, op.Load(Vector256.Load(x + 2 * lanes)));
            fourth = op.Combine(fourth, op.Load(Vector256.Load(x + 3 * lanes)));
        }
        for (; count >= lanes; count -= lanes, x += lanes)
            first = op.Combine(first, op.Load(Vector256.Load(x)));
        if (count > 0)
        {
            T* padded = stackalloc T[lanes];
            Vector256.Create(*x).Store(padded);
            for (int i = 1; i < count; i++)
                padded[i] = x[i];
            ref byte mask = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(Mask));
            Vector256<T> valid = Vector256.LoadUnsafe(ref mask, (nuint)(32 - count * sizeof(T))).As<byte, T>();
            second = Vector256.ConditionalSelect(valid, op.Combine(second, op.Load(Vector256.Load(padded))), second);
        }
        first = op.Combine(op.Combine(first, second), op.Combine(third, fourth));
        T* partial = stackalloc T[lanes];
        first.Store(partial);
        for (int step = lanes / 2; step > 0; step /= 2)
        {
            for (int i = 0; i < step; i++)
                partial[i] = op.Combine(partial[i], partial[i + step]);
        }
        return partial[0];
    }
}
