using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The sum of what each window sees, times a scale. One thread per window.</summary>
internal readonly struct AveragePoolKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, FoldPlan, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">[planes, rows, columns].</param>
    /// <param name="y">[planes, output rows, output columns].</param>
    /// <param name="plan">The geometry.</param>
    /// <param name="scale">What sums are multiplied by.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, FoldPlan plan, T scale)
    {
        for (uint i = Threads.First; i < plan.Count; i += Threads.Count)
        {
            int column = (int)(i % (uint)plan.OutputWidth), row = (int)(i / (uint)plan.OutputWidth % (uint)plan.OutputHeight);
            int plane = (int)(i / (uint)plan.OutputWidth / (uint)plan.OutputHeight);
            int start = plan.Source + plane * plan.Height * plan.Width;
            int top = row * plan.StrideDown - plan.PaddingDown, left = column * plan.StrideAcross - plan.PaddingAcross;
            int bottom = IntrinsicMath.Min(plan.Height, top + plan.SizeDown), right = IntrinsicMath.Min(plan.Width, left + plan.SizeAcross);
            left = IntrinsicMath.Max(0, left);
            T sum = T.Zero;
            for (int down = IntrinsicMath.Max(0, top); down < bottom; down++)
            {
                // Row by row, so that errors of large windows stay small.
                T line = T.Zero;
                for (int across = left; across < right; across++)
                {
                    line += x[start + down * plan.Width + across];
                }

                sum += line;
            }
            y[plan.Target + (int)i] = sum * scale;
        }
    }
}
