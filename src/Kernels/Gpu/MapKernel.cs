using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(x), elementwise.</summary>
internal readonly struct MapKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, Walk, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IUnaryKernel<T>
{
    public static void Run(ArrayView<T> x, ArrayView<T> y, Walk walk, TOp op)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            y[at.Y] = op.Invoke(x[at.X]);
        }
    }
}
