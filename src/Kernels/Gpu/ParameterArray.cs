using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>An array of a parameter in an optimizer's launch.</summary>
internal struct ParameterArray<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>What it lies in.</summary>
    public ArrayView<T> View;

    /// <summary>Where it begins there.</summary>
    public long Start;

    public ParameterArray(ArrayView<T> view, long start)
    {
        View = view;
        Start = start;
    }

    /// <summary>Up to four elements; those beyond the count are any elements.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many there are; at least 1.</param>
    /// <param name="isWhole">Whether the array begins at a multiple of four elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Four<T> Read(uint first, uint count, bool isWhole)
    {
        long at = Start + first;
        Four<T> v;
        if (isWhole && count >= 4)
        {
            v = View.Cast<Four<T>>()[at >> 2];
        }
        else
        {
            v = new Four<T>(View[at], View[count > 1 ? at + 1 : at], View[count > 2 ? at + 2 : at], View[count > 3 ? at + 3 : at]);
        }

        return v;
    }

    /// <summary>Writes the elements up to the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(uint first, uint count, bool isWhole, Four<T> v)
    {
        long at = Start + first;
        if (isWhole && count >= 4)
        {
            View.Cast<Four<T>>()[at >> 2] = v;
            return;
        }

        View[at] = v.X;
        if (count > 1)
        {
            View[at + 1] = v.Y;
        }

        if (count > 2)
        {
            View[at + 2] = v.Z;
        }

        if (count > 3)
        {
            View[at + 3] = v.W;
        }
    }
}
