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
            (Vector256.Load(line + j) + Vector256.Create(value)).Store(line + j);
        for (; j < count; j++)
            line[j] += value;
    }

    /// <summary>line += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T* x, T* line, int count)
        where T : unmanaged, INumber<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
            (Vector256.Load(line + j) + Vector256.Load(x + j)).Store(line + j);
        for (; j < count; j++)
            line[j] += x[j];
    }

    /// <summary>line *= value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<T>(T value, T* line, int count)
        where T : unmanaged, INumber<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
            (Vector256.Load(line + j) * Vector256.Create(value)).Store(line + j);
        for (; j < count; j++)
            line[j] *= value;
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
            sums += Vector256.Load(line + j);
        T sum = Vector256.Sum(sums);
        for (; j < count; j++)
            sum += line[j];
        return sum;
    }

    /// <summary>target[j] = source[j * step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take<T>(T* source, int step, int count, T* target)
        where T : unmanaged
    {
        if (step == 1)
        {
            new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
            return;
        }
        int j = 0;
        if (step == 2 && sizeof(T) == sizeof(float))
        {
            // The lower halves of pairs. The last is left to the loop below: its pair may end behind the row.
            for (; j + Vector256<T>.Count < count; j += Vector256<T>.Count)
            {
                ulong* pairs = (ulong*)(source + 2 * (nint)j);
                Vector256.Narrow(Vector256.Load(pairs), Vector256.Load(pairs + Vector256<ulong>.Count)).As<uint, T>().Store(target + j);
            }
        }
        for (; j < count; j++)
            target[j] = source[j * (nint)step];
    }

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
        for (int j = 0; j < count; j++, target += step)
            *target = source[j];
    }
}
