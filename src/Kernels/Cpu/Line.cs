using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Loops over one row of numbers.</summary>
internal static unsafe class Line
{
    // Longer rows are summed by halves, so that errors grow with the logarithm of the length.
    private const int SumLength = 256;

    /// <summary>line += value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T value, T* line, int count)
        where T : unmanaged, INumber<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
        {
            (Vector256.Load(line + j) + Vector256.Create(value)).Store(line + j);
        }

        for (; j < count; j++)
        {
            line[j] += value;
        }
    }

    /// <summary>line += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T* x, T* line, int count)
        where T : unmanaged, INumber<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
        {
            (Vector256.Load(line + j) + Vector256.Load(x + j)).Store(line + j);
        }

        for (; j < count; j++)
        {
            line[j] += x[j];
        }
    }

    /// <summary>line *= value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<T>(T value, T* line, int count)
        where T : unmanaged, INumber<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
        {
            (Vector256.Load(line + j) * Vector256.Create(value)).Store(line + j);
        }

        for (; j < count; j++)
        {
            line[j] *= value;
        }
    }

    /// <summary>The sum of a row, in an order that its length fixes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(T* line, int count)
        where T : unmanaged, INumber<T>
    {
        if (count > SumLength)
        {
            int half = count / 2 / Vector256<T>.Count * Vector256<T>.Count;
            return Sum(line, half) + Sum(line + half, count - half);
        }
        Vector256<T> sums = default;
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
        {
            sums += Vector256.Load(line + j);
        }

        T sum = Vector256.Sum(sums);
        for (; j < count; j++)
        {
            sum += line[j];
        }

        return sum;
    }

    /// <summary>line = value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill<T>(T value, T* line, int count)
        where T : unmanaged
    {
        // Mostly a border of one or two, for which a call would be long.
        for (int j = 0; j < count; j++)
        {
            line[j] = value;
        }
    }

    /// <summary>target[j] = source[j * step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take<T>(T* source, int step, int count, T* target)
        where T : unmanaged
    {
        int j = 0, lanes = Vector256<T>.Count;
        if (step == 1)
        {
            for (; j + lanes <= count; j += lanes)
            {
                Vector256.Load(source + j).Store(target + j);
            }
        }
        else if (step == 2 && sizeof(T) == sizeof(float) && count > lanes)
        {
            // The lower halves of pairs, and, since the last pair may end behind the row, the upper halves of the pairs before.
            for (; j + lanes < count; j += lanes)
            {
                Halves((ulong*)(source + 2 * (nint)j), 0).As<uint, T>().Store(target + j);
            }

            j = count - lanes;
            Halves((ulong*)(source + (2 * (nint)j - 1)), 32).As<uint, T>().Store(target + j);
            return;
        }
        for (; j < count; j++)
        {
            target[j] = source[j * (nint)step];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Halves(ulong* pairs, int shift) =>
        Vector256.Narrow(Vector256.Load(pairs) >>> shift, Vector256.Load(pairs + Vector256<ulong>.Count) >>> shift);

    /// <summary>target[j * step] = source[j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Put<T>(T* source, int count, T* target, nint step)
        where T : unmanaged
    {
        if (step == 1)
        {
            new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
            return;
        }
        int j = 0;
        for (; j + 4 <= count; j += 4, target += 4 * step)
        {
            target[0] = source[j];
            target[step] = source[j + 1];
            target[2 * step] = source[j + 2];
            target[3 * step] = source[j + 3];
        }
        for (; j < count; j++, target += step)
        {
            *target = source[j];
        }
    }
}
