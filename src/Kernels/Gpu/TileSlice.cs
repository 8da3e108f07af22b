using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Slices of factors in shared memory: lines of one summand each with the kept index running fastest.</summary>
/// <remarks>Lines have some elements of padding, so that the stores of a factor that must be transposed hit different banks.</remarks>
internal static class TileSlice
{
    /// <summary>The number of summands in a slice.</summary>
    public const int Depth = 8;

    /// <summary>How far lines of a slice lie apart where threads read four elements of a line at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Stride(int width) => width + 4;

    /// <summary>Writes four elements that lie along the axis that is contiguous in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T, TMajor>(ArrayView<Four<T>> shared, int at, int stride, Four<T> v)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TMajor : struct, IMajor
    {
        if (TMajor.SummedIsContiguous)
        {
            ArrayView<T> lines = shared.Cast<T>().SubView(at, 3 * stride + 1);
            lines[0] = v.X;
            lines[stride] = v.Y;
            lines[2 * stride] = v.Z;
            lines[3 * stride] = v.W;
        }
        else
        {
            shared[at >> 2] = v;
        }
    }
}
