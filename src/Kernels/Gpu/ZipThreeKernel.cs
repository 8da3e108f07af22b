using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a, b, c), elementwise.</summary>
internal readonly struct ZipThreeKernel<T, TOp> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, Fours, TOp>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, ITernaryKernel<T>
{
    public static void Run(ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y, Fours fours, TOp op)
    {
        for (uint i = fours.First; i < fours.Walk.Count; i += 4 * Threads.Count)
        {
            FourPlaces at = fours.At(i);
            Four<T> u = at.X.Read(a), v = at.Y.Read(b), w = at.Z.Read(c);
            at.W.Write(y, new Four<T>(op.Invoke(u.X, v.X, w.X), op.Invoke(u.Y, v.Y, w.Y), op.Invoke(u.Z, v.Z, w.Z), op.Invoke(u.W, v.W, w.W)));
        }
    }
}
