using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <content>The loop over vectors.</content>
internal unsafe partial struct ElementwiseJob<T, TOp>
{
    /// <summary>The SIMD loop. Steps are 1, or 0 for an operand that points to two vectors of one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(TOp op, nint count, T* y, T* a, nint aStep, T* b, nint bStep, T* c, nint cStep)
    {
        int lanes = Vector256<T>.Count;
        if (count < lanes)
        {
            Short(op, (int)count, y, a, aStep, b, bStep, c, cStep);
            return;
        }
        // The vector that ends with the run is computed first and stored last: y may be an operand.
        T* end = y + count;
        bool endsInside = count % lanes != 0;
        Vector256<T> last = default;
        if (endsInside)
        {
            nint at = count - lanes;
            last = op.Invoke(
                Vector256.Load(a + at * aStep),
                TOp.Arity > 1 ? Vector256.Load(b + at * bStep) : default,
                TOp.Arity > 2 ? Vector256.Load(c + at * cStep) : default);
        }
        if (TOp.IsWide && Vector512.IsHardwareAccelerated && aStep == 1)
        {
            for (; count >= 4 * lanes; count -= 4 * lanes, y += 4 * lanes, a += 4 * lanes)
            {
                Vector512<T> left = op.Invoke(Vector512.Load(a)), right = op.Invoke(Vector512.Load(a + 2 * lanes));
                left.Store(y);
                right.Store(y + 2 * lanes);
            }
        }
        nint aMove = 2 * lanes * aStep, bMove = 2 * lanes * bStep, cMove = 2 * lanes * cStep;
        for (; count >= 2 * lanes; count -= 2 * lanes)
        {
            Vector256<T> left = op.Invoke(
                Vector256.Load(a),
                TOp.Arity > 1 ? Vector256.Load(b) : default,
                TOp.Arity > 2 ? Vector256.Load(c) : default);
            Vector256<T> right = op.Invoke(
                Vector256.Load(a + lanes),
                TOp.Arity > 1 ? Vector256.Load(b + lanes) : default,
                TOp.Arity > 2 ? Vector256.Load(c + lanes) : default);
            left.Store(y);
            right.Store(y + lanes);
            y += 2 * lanes;
            a += aMove;
            if (TOp.Arity > 1)
            {
                b += bMove;
            }

            if (TOp.Arity > 2)
            {
                c += cMove;
            }
        }
        if (count >= lanes)
        {
            op.Invoke(
                Vector256.Load(a),
                TOp.Arity > 1 ? Vector256.Load(b) : default,
                TOp.Arity > 2 ? Vector256.Load(c) : default).Store(y);
        }
        if (endsInside)
        {
            last.Store(end - lanes);
        }
    }

    [SkipLocalsInit]
    private static void Short(TOp op, int count, T* y, T* a, nint aStep, T* b, nint bStep, T* c, nint cStep)
    {
        int lanes = Vector256<T>.Count;
        T* padded = stackalloc T[4 * lanes];
        op.Invoke(
            Padded(a, aStep, count, padded),
            TOp.Arity > 1 ? Padded(b, bStep, count, padded + lanes) : default,
            TOp.Arity > 2 ? Padded(c, cStep, count, padded + 2 * lanes) : default).Store(padded + 3 * lanes);
        for (int i = 0; i < count; i++)
        {
            y[i] = padded[3 * lanes + i];
        }
    }

    private static Vector256<T> Padded(T* x, nint step, nint count, T* buffer)
    {
        if (step == 0)
        {
            return Vector256.Load(x);
        }

        Vector256.Create(*x).Store(buffer);
        for (nint i = 1; i < count; i++)
        {
            buffer[i] = x[i];
        }

        return Vector256.Load(buffer);
    }
}
