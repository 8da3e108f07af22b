using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The sum of the gradients of the windows that see an element, times a scale. One thread per element, which looks for its windows.</summary>
internal readonly struct AveragePoolGradientKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, FoldPlan, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="gradient">[planes, output rows, output columns].</param>
    /// <param name="x">[planes, rows, columns].</param>
    /// <param name="plan">The geometry.</param>
    /// <param name="scale">What sums are multiplied by.</param>
    public static void Run(ArrayView<T> gradient, ArrayView<T> x, FoldPlan plan, T scale)
    {
        for (uint i = Threads.First; i < plan.Count; i += Threads.Count)
        {
            int column = (int)(i % (uint)plan.Width) + plan.PaddingAcross, row = (int)(i / (uint)plan.Width % (uint)plan.Height) + plan.PaddingDown;
            int start = plan.Source + (int)(i / (uint)plan.Width / (uint)plan.Height) * plan.OutputHeight * plan.OutputWidth;
            int top = row < plan.SizeDown ? 0 : (row - plan.SizeDown) / plan.StrideDown + 1;
            int left = column < plan.SizeAcross ? 0 : (column - plan.SizeAcross) / plan.StrideAcross + 1;
            int bottom = IntrinsicMath.Min(plan.OutputHeight, row / plan.StrideDown + 1);
            int right = IntrinsicMath.Min(plan.OutputWidth, column / plan.StrideAcross + 1);
            T sum = T.Zero;
            for (int down = top; down < bottom; down++)
            {
                for (int across = left; across < right; across++)
                {
                    sum += gradient[start + down * plan.OutputWidth + across];
                }
            }
            x[plan.Target + (int)i] = sum * scale;
        }
    }
}
