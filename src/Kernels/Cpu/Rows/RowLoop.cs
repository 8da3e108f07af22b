using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Autodiff.Kernels.Rows;

namespace Autodiff.Kernels;

/// <summary>One row through a row kernel. The order of its sums depends on its length alone.</summary>
internal static unsafe class RowLoop<T, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IRowKernel<T>
{
    // Vectors added one after the other before a partial result is begun anew: few, so that little is lost by rounding.
    private const int ChainLength = 32;

    private static ReadOnlySpan<ulong> Mask => [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0, 0, 0, 0];

    /// <summary>Runs the rounds over a row.</summary>
    /// <param name="op">The kernel.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="x">The row; of p and q only what the kernel has is read.</param>
    /// <param name="p">The row of p.</param>
    /// <param name="q">The row of q.</param>
    /// <param name="y">The row of results, which may be that of x; or the one or two results.</param>
    /// <param name="resultStep">The step from the one result to the other.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TOp op, int length, T* x, T* p, T* q, T* y, nint resultStep)
    {
        int lanes = Vector256<T>.Count, rest = length % lanes, whole = length - rest;
        T* tails = stackalloc T[4 * lanes];
        T* xTail = tails, pTail = tails + lanes, qTail = tails + 2 * lanes, yTail = tails + 3 * lanes;
        ref byte mask = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(Mask));
        Vector256<T> valid = Vector256.LoadUnsafe(ref mask, (nuint)(32 - rest * sizeof(T))).As<byte, T>();
        if (rest > 0)
        {
            Pad(x + whole, rest, xTail);
            if (TOp.Operands > 1)
            {
                Pad(p + whole, rest, pTail);
            }

            if (TOp.Operands > 2)
            {
                Pad(q + whole, rest, qTail);
            }
        }
        Pair<T> first = new(op.Identity, op.Identity);
        if (TOp.HasFirst)
        {
            first = op.FinishFirst(First(op, whole, x, p, rest, xTail, pTail, valid));
        }

        Pair<Vector256<T>> firsts = new(Vector256.Create(first.A), Vector256.Create(first.B));
        T* kept = TOp.Results == 0 ? y : null;
        Pair<T> second = op.Finish(first, Second(op, whole, x, p, firsts, kept, rest, xTail, pTail, yTail, valid));
        if (TOp.Results > 0)
        {
            y[0] = second.A;
            if (TOp.Results > 1)
            {
                y[resultStep] = second.B;
            }

            return;
        }
        Pair<Vector256<T>> seconds = new(Vector256.Create(second.A), Vector256.Create(second.B));
        Map(op, whole, p, q, y, firsts, seconds);
        if (rest == 0)
        {
            return;
        }

        Vector256<T> end = op.Map(
            Vector256.Load(yTail), TOp.Operands > 1 ? Vector256.Load(pTail) : default, TOp.Operands > 2 ? Vector256.Load(qTail) : default, firsts, seconds);
        end.Store(yTail);
        for (int i = 0; i < rest; i++)
        {
            y[whole + i] = yTail[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair<T> First(TOp op, int whole, T* x, T* p, int rest, T* xTail, T* pTail, Vector256<T> valid)
    {
        int lanes = Vector256<T>.Count, i = 0;
        Vector256<T> identity = Vector256.Create(op.Identity), a = identity, b = identity;
        while (i + 2 * lanes <= whole)
        {
            Vector256<T> a0 = identity, a1 = identity, b0 = identity, b1 = identity;
            for (int end = i + Math.Min((whole - i) / (2 * lanes), ChainLength) * 2 * lanes; i < end; i += 2 * lanes)
            {
                Pair<Vector256<T>> u = op.First(Vector256.Load(x + i), TOp.Operands > 1 ? Vector256.Load(p + i) : default);
                Pair<Vector256<T>> v = op.First(Vector256.Load(x + i + lanes), TOp.Operands > 1 ? Vector256.Load(p + i + lanes) : default);
                a0 = op.Combine(a0, u.A);
                b0 = op.Combine(b0, u.B);
                a1 = op.Combine(a1, v.A);
                b1 = op.Combine(b1, v.B);
            }
            a = op.Combine(a, op.Combine(a0, a1));
            b = op.Combine(b, op.Combine(b0, b1));
        }
        if (i < whole)
        {
            Pair<Vector256<T>> u = op.First(Vector256.Load(x + i), TOp.Operands > 1 ? Vector256.Load(p + i) : default);
            a = op.Combine(a, u.A);
            b = op.Combine(b, u.B);
        }
        if (rest > 0)
        {
            Pair<Vector256<T>> u = op.First(Vector256.Load(xTail), TOp.Operands > 1 ? Vector256.Load(pTail) : default);
            a = Vector256.ConditionalSelect(valid, op.Combine(a, u.A), a);
            b = Vector256.ConditionalSelect(valid, op.Combine(b, u.B), b);
        }
        return new(Combined(op, a), Combined(op, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair<T> Second(
        TOp op, int whole, T* x, T* p, Pair<Vector256<T>> first, T* kept, int rest, T* xTail, T* pTail, T* keptTail, Vector256<T> valid)
    {
        int lanes = Vector256<T>.Count, i = 0;
        Vector256<T> a = default, b = default;
        while (i + 2 * lanes <= whole)
        {
            Vector256<T> a0 = default, a1 = default, b0 = default, b1 = default;
            for (int end = i + Math.Min((whole - i) / (2 * lanes), ChainLength) * 2 * lanes; i < end; i += 2 * lanes)
            {
                Vector256<T> v0 = op.Center(Vector256.Load(x + i), first), v1 = op.Center(Vector256.Load(x + i + lanes), first);
                Pair<Vector256<T>> s0 = op.Second(v0, TOp.Operands > 1 ? Vector256.Load(p + i) : default);
                Pair<Vector256<T>> s1 = op.Second(v1, TOp.Operands > 1 ? Vector256.Load(p + i + lanes) : default);
                if (TOp.Results == 0)
                {
                    v0.Store(kept + i);
                    v1.Store(kept + i + lanes);
                }
                a0 += s0.A;
                b0 += s0.B;
                a1 += s1.A;
                b1 += s1.B;
            }
            a += a0 + a1;
            b += b0 + b1;
        }
        if (i < whole)
        {
            Vector256<T> v = op.Center(Vector256.Load(x + i), first);
            Pair<Vector256<T>> s = op.Second(v, TOp.Operands > 1 ? Vector256.Load(p + i) : default);
            if (TOp.Results == 0)
            {
                v.Store(kept + i);
            }

            a += s.A;
            b += s.B;
        }
        if (rest > 0)
        {
            Vector256<T> v = op.Center(Vector256.Load(xTail), first);
            Pair<Vector256<T>> s = op.Second(v, TOp.Operands > 1 ? Vector256.Load(pTail) : default);
            v.Store(keptTail);
            a += s.A & valid;
            b += s.B & valid;
        }
        return new(Vector256.Sum(a), Vector256.Sum(b));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map(TOp op, int whole, T* p, T* q, T* y, Pair<Vector256<T>> first, Pair<Vector256<T>> second)
    {
        for (int i = 0; i < whole; i += Vector256<T>.Count)
        {
            Vector256<T> v = op.Map(
                Vector256.Load(y + i), TOp.Operands > 1 ? Vector256.Load(p + i) : default, TOp.Operands > 2 ? Vector256.Load(q + i) : default, first, second);
            v.Store(y + i);
        }
    }

    [SkipLocalsInit]
    private static T Combined(TOp op, Vector256<T> vector)
    {
        T* lane = stackalloc T[Vector256<T>.Count];
        vector.Store(lane);
        for (int step = Vector256<T>.Count / 2; step > 0; step /= 2)
        {
            for (int i = 0; i < step; i++)
            {
                lane[i] = op.Combine(lane[i], lane[i + step]);
            }
        }
        return lane[0];
    }

    private static void Pad(T* x, int count, T* padded)
    {
        Vector256.Create(*x).Store(padded);
        for (int i = 1; i < count; i++)
        {
            padded[i] = x[i];
        }
    }
}
