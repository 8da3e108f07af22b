using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a, b), elementwise.</summary>
internal readonly struct ZipKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, Fours, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IBinaryKernel<T>
{
    public static void Run(ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, Fours fours, TOp op)
    {
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            Four<T> v = at.X.Read(a), w = at.Y.Read(b);
            at.Z.Write(y, new Four<T>(op.Invoke(v.X, w.X), op.Invoke(v.Y, w.Y), op.Invoke(v.Z, w.Z), op.Invoke(v.W, w.W)));
        }
    }
}
