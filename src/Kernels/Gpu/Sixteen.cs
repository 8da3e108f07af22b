using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Sixteen numbers that lie side by side: what a processor's compiler turns into vector registers.</summary>
internal struct Sixteen<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15;

    /// <summary>The numbers from a position on.</summary>
    public static Sixteen<T> Read(ArrayView<T> from, int at) => new()
    {
        V0 = from[at + 0],
        V1 = from[at + 1],
        V2 = from[at + 2],
        V3 = from[at + 3],
        V4 = from[at + 4],
        V5 = from[at + 5],
        V6 = from[at + 6],
        V7 = from[at + 7],
        V8 = from[at + 8],
        V9 = from[at + 9],
        V10 = from[at + 10],
        V11 = from[at + 11],
        V12 = from[at + 12],
        V13 = from[at + 13],
        V14 = from[at + 14],
        V15 = from[at + 15],
    };

    /// <summary>The numbers at steps from a position on.</summary>
    public static Sixteen<T> Read(ArrayView<T> from, int at, int step) => new()
    {
        V0 = from[at],
        V1 = from[at + step],
        V2 = from[at + 2 * step],
        V3 = from[at + 3 * step],
        V4 = from[at + 4 * step],
        V5 = from[at + 5 * step],
        V6 = from[at + 6 * step],
        V7 = from[at + 7 * step],
        V8 = from[at + 8 * step],
        V9 = from[at + 9 * step],
        V10 = from[at + 10 * step],
        V11 = from[at + 11 * step],
        V12 = from[at + 12 * step],
        V13 = from[at + 13 * step],
        V14 = from[at + 14 * step],
        V15 = from[at + 15 * step],
    };

    /// <summary>The numbers at steps from a position, none of them beyond a last one.</summary>
    public static Sixteen<T> Read(ArrayView<T> from, int at, int step, int last) => new()
    {
        V0 = from[IntrinsicMath.Min(at, last)],
        V1 = from[IntrinsicMath.Min(at + step, last)],
        V2 = from[IntrinsicMath.Min(at + 2 * step, last)],
        V3 = from[IntrinsicMath.Min(at + 3 * step, last)],
        V4 = from[IntrinsicMath.Min(at + 4 * step, last)],
        V5 = from[IntrinsicMath.Min(at + 5 * step, last)],
        V6 = from[IntrinsicMath.Min(at + 6 * step, last)],
        V7 = from[IntrinsicMath.Min(at + 7 * step, last)],
        V8 = from[IntrinsicMath.Min(at + 8 * step, last)],
        V9 = from[IntrinsicMath.Min(at + 9 * step, last)],
        V10 = from[IntrinsicMath.Min(at + 10 * step, last)],
        V11 = from[IntrinsicMath.Min(at + 11 * step, last)],
        V12 = from[IntrinsicMath.Min(at + 12 * step, last)],
        V13 = from[IntrinsicMath.Min(at + 13 * step, last)],
        V14 = from[IntrinsicMath.Min(at + 14 * step, last)],
        V15 = from[IntrinsicMath.Min(at + 15 * step, last)],
    };

    /// <summary>sum + factor · v, each rounded once.</summary>
    public static Sixteen<T> MultiplyAdd(T factor, Sixteen<T> v, Sixteen<T> sum) => new()
    {
        V0 = DeviceMath.MultiplyAdd(factor, v.V0, sum.V0),
        V1 = DeviceMath.MultiplyAdd(factor, v.V1, sum.V1),
        V2 = DeviceMath.MultiplyAdd(factor, v.V2, sum.V2),
        V3 = DeviceMath.MultiplyAdd(factor, v.V3, sum.V3),
        V4 = DeviceMath.MultiplyAdd(factor, v.V4, sum.V4),
        V5 = DeviceMath.MultiplyAdd(factor, v.V5, sum.V5),
        V6 = DeviceMath.MultiplyAdd(factor, v.V6, sum.V6),
        V7 = DeviceMath.MultiplyAdd(factor, v.V7, sum.V7),
        V8 = DeviceMath.MultiplyAdd(factor, v.V8, sum.V8),
        V9 = DeviceMath.MultiplyAdd(factor, v.V9, sum.V9),
        V10 = DeviceMath.MultiplyAdd(factor, v.V10, sum.V10),
        V11 = DeviceMath.MultiplyAdd(factor, v.V11, sum.V11),
        V12 = DeviceMath.MultiplyAdd(factor, v.V12, sum.V12),
        V13 = DeviceMath.MultiplyAdd(factor, v.V13, sum.V13),
        V14 = DeviceMath.MultiplyAdd(factor, v.V14, sum.V14),
        V15 = DeviceMath.MultiplyAdd(factor, v.V15, sum.V15),
    };

    /// <summary>Stores the numbers from a position on.</summary>
    public readonly void Write(ArrayView<T> to, int at)
    {
        to[at + 0] = V0;
        to[at + 1] = V1;
        to[at + 2] = V2;
        to[at + 3] = V3;
        to[at + 4] = V4;
        to[at + 5] = V5;
        to[at + 6] = V6;
        to[at + 7] = V7;
        to[at + 8] = V8;
        to[at + 9] = V9;
        to[at + 10] = V10;
        to[at + 11] = V11;
        to[at + 12] = V12;
        to[at + 13] = V13;
        to[at + 14] = V14;
        to[at + 15] = V15;
    }

    /// <summary>Stores the first <paramref name="count"/> numbers from a position on, 15 at most.</summary>
    public readonly void Write(ArrayView<T> to, int at, int count)
    {
        if (count > 0)
        {
            to[at + 0] = V0;
        }

        if (count > 1)
        {
            to[at + 1] = V1;
        }

        if (count > 2)
        {
            to[at + 2] = V2;
        }

        if (count > 3)
        {
            to[at + 3] = V3;
        }

        if (count > 4)
        {
            to[at + 4] = V4;
        }

        if (count > 5)
        {
            to[at + 5] = V5;
        }

        if (count > 6)
        {
            to[at + 6] = V6;
        }

        if (count > 7)
        {
            to[at + 7] = V7;
        }

        if (count > 8)
        {
            to[at + 8] = V8;
        }

        if (count > 9)
        {
            to[at + 9] = V9;
        }

        if (count > 10)
        {
            to[at + 10] = V10;
        }

        if (count > 11)
        {
            to[at + 11] = V11;
        }

        if (count > 12)
        {
            to[at + 12] = V12;
        }

        if (count > 13)
        {
            to[at + 13] = V13;
        }

        if (count > 14)
        {
            to[at + 14] = V14;
        }
    }
}
