using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a, b), elementwise.</summary>
internal readonly struct ZipKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, Walk, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    public static void Run(ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, Walk walk, TOp op)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            y[at.Z] = op.Invoke(a[at.X], b[at.Y]);
        }
    }
}
