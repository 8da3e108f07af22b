using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = x for any strides.</summary>
internal readonly struct CopyKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, Walk>
    where T : unmanaged
{
    public static void Run(ArrayView<T> x, ArrayView<T> y, Walk walk)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
        {
            Positions at = walk.At(i);
            y[at.Y] = x[at.X];
        }
    }
}
