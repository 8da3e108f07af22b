using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Sixteen numbers that lie side by side: what a processor's compiler turns into vector registers.</summary>
internal struct Sixteen<T>
    where T : unmanaged, INumber<T>
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

    /// <summary>sum + factor · v, which compilers fuse.</summary>
    public static Sixteen<T> MultiplyAdd(T factor, Sixteen<T> v, Sixteen<T> sum) => new()
    {
        V0 = factor * v.V0 + sum.V0,
        V1 = factor * v.V1 + sum.V1,
        V2 = factor * v.V2 + sum.V2,
        V3 = factor * v.V3 + sum.V3,
        V4 = factor * v.V4 + sum.V4,
        V5 = factor * v.V5 + sum.V5,
        V6 = factor * v.V6 + sum.V6,
        V7 = factor * v.V7 + sum.V7,
        V8 = factor * v.V8 + sum.V8,
        V9 = factor * v.V9 + sum.V9,
        V10 = factor * v.V10 + sum.V10,
        V11 = factor * v.V11 + sum.V11,
        V12 = factor * v.V12 + sum.V12,
        V13 = factor * v.V13 + sum.V13,
        V14 = factor * v.V14 + sum.V14,
        V15 = factor * v.V15 + sum.V15,
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
}
