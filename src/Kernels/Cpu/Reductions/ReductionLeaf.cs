using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The reduction of a short run of neighbours: the leaves of the tree.</summary>
internal static unsafe class ReductionLeaf
{
    /// <summary>
    /// The elements of a leaf: long enough that the tree costs nothing, short enough that a gathered leaf stays in the cache.
    /// </summary>
    public const int Length = 4096;

    // Numbers added one after the other before a partial result is begun anew: few, so that little is lost by rounding.
    private const int ChainLength = 32;

    private static ReadOnlySpan<ulong> Mask => [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0, 0, 0, 0];

    /// <summary>
    /// Combines <paramref name="count"/> loaded elements in four vectors of partial results, in an order that depends on the count alone.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Run<T, TOp>(TOp op, T* x, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        int lanes = Vector256<T>.Count;
        Vector256<T> identity = Vector256.Create(op.Identity), first = identity, second = identity, third = identity, fourth = identity;
        while (count >= 4 * lanes)
        {
            Vector256<T> a = identity, b = identity, c = identity, d = identity;
            T* end = x + Math.Min(count / (4 * lanes), ChainLength) * (4 * lanes);
            count -= (int)(end - x);
            for (; x < end; x += 4 * lanes)
            {
                a = op.Combine(a, op.Load(Vector256.Load(x)));
                b = op.Combine(b, op.Load(Vector256.Load(x + lanes)));
                c = op.Combine(c, op.Load(Vector256.Load(x + 2 * lanes)));
                d = op.Combine(d, op.Load(Vector256.Load(x + 3 * lanes)));
            }
            first = op.Combine(first, a);
            second = op.Combine(second, b);
            third = op.Combine(third, c);
            fourth = op.Combine(fourth, d);
        }
        for (; count >= lanes; count -= lanes, x += lanes)
        {
            first = op.Combine(first, op.Load(Vector256.Load(x)));
        }

        if (count > 0)
        {
            T* padded = stackalloc T[lanes];
            Vector256.Create(*x).Store(padded);
            for (int i = 1; i < count; i++)
            {
                padded[i] = x[i];
            }

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
            {
                partial[i] = op.Combine(partial[i], partial[i + step]);
            }
        }
        return partial[0];
    }
}
