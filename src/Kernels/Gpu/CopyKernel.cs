using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = x for any strides.</summary>
internal readonly struct CopyKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, Fours>
    where T : unmanaged, IBinaryInteger<T>
{
    public static void Run(ArrayView<T> x, ArrayView<T> y, Fours fours)
    {
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            at.Y.Write(y, at.X.Read(x));
        }
    }
}
