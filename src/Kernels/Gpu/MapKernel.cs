using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(x), elementwise.</summary>
internal readonly struct MapKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, Fours, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IUnaryKernel<T>
{
    public static void Run(ArrayView<T> x, ArrayView<T> y, Fours fours, TOp op)
    {
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            Four<T> v = at.X.Read(x);
            at.Y.Write(y, new Four<T>(op.Invoke(v.X), op.Invoke(v.Y), op.Invoke(v.Z), op.Invoke(v.W)));
        }
    }
}
