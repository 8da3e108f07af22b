using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a, b, c), elementwise.</summary>
internal readonly struct ZipThreeKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, Walk, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, ITernaryKernel<T>
{
    public static void Run(ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, Walk walk, TOp op)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            y[at.W] = op.Invoke(a[at.X], b[at.Y], c[at.Z]);
        }
    }
}
