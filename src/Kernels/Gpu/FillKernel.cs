using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = value, elementwise.</summary>
internal readonly struct FillKernel<T> : IKernel<ArrayView<T>, Fours, T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static void Run(ArrayView<T> y, Fours fours, T value)
    {
        Four<T> v = new(value, value, value, value);
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            fours.At(i).X.Write(y, v);
        }
    }
}
