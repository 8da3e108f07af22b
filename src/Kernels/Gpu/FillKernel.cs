using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = value, elementwise.</summary>
internal readonly struct FillKernel<T> : IKernel<ArrayView<T>, Walk, T>
    where T : unmanaged
{
    public static void Run(ArrayView<T> y, Walk walk, T value)
    {
        for (uint i = Threads.First; i < walk.Count; i += Threads.Count)
            y[walk.At(i).X] = value;
    }
}
