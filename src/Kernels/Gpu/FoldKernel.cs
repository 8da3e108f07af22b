using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Adds up what windows saw where they saw it (col2im). One thread per element of x, which looks for its windows: no atomics.</summary>
internal readonly struct FoldKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, FoldPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="windows">[planes, rows of the window, columns of the window, output rows, output columns].</param>
    /// <param name="x">[planes, rows, columns].</param>
    /// <param name="plan">The geometry.</param>
    public static void Run(ArrayView<T> windows, ArrayView<T> x, FoldPlan plan)
    {
        for (uint i = Threads.First; i < plan.Count; i += Threads.Count)
        {
            int column = (int)(i % (uint)plan.Width), row = (int)(i / (uint)plan.Width % (uint)plan.Height), plane = (int)(i / (uint)plan.Width / (uint)plan.Height);
            T sum = T.Zero;
            for (int down = 0; down < plan.SizeDown; down++)
            {
                int top = row + plan.PaddingDown - down * plan.DilationDown;
                if (top < 0 || top % plan.StrideDown != 0 || top / plan.StrideDown >= plan.OutputHeight)
                {
                    continue;
                }

                for (int across = 0; across < plan.SizeAcross; across++)
                {
                    int left = column + plan.PaddingAcross - across * plan.DilationAcross;
                    if (left < 0 || left % plan.StrideAcross != 0 || left / plan.StrideAcross >= plan.OutputWidth)
                    {
                        continue;
                    }

                    int line = ((plane * plan.SizeDown + down) * plan.SizeAcross + across) * plan.OutputHeight + top / plan.StrideDown;
                    sum += windows[line * plan.OutputWidth + left / plan.StrideAcross];
                }
            }
            x[plan.Target + (int)i] = sum;
        }
    }
}
