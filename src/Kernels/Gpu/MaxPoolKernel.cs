using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The largest element that each window sees, and where it lies in its plane. One thread per window.</summary>
internal readonly struct MaxPoolKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<int>, FoldPlan, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">[planes, rows, columns].</param>
    /// <param name="y">[planes, output rows, output columns].</param>
    /// <param name="places">The shape of y.</param>
    /// <param name="plan">The geometry.</param>
    /// <param name="firstPlace">Where the places begin.</param>
    public static void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<int> places, FoldPlan plan, int firstPlace)
    {
        for (uint i = Threads.First; i < plan.Count; i += Threads.Count)
        {
            int column = (int)(i % (uint)plan.OutputWidth), row = (int)(i / (uint)plan.OutputWidth % (uint)plan.OutputHeight);
            int plane = (int)(i / (uint)plan.OutputWidth / (uint)plan.OutputHeight);
            int start = plan.Source + plane * plan.Height * plan.Width;
            int top = row * plan.StrideDown - plan.PaddingDown, left = column * plan.StrideAcross - plan.PaddingAcross;
            int bottom = IntrinsicMath.Min(plan.Height, top + plan.SizeDown), right = IntrinsicMath.Min(plan.Width, left + plan.SizeAcross);
            top = IntrinsicMath.Max(0, top);
            left = IntrinsicMath.Max(0, left);
            int best = top * plan.Width + left;
            T largest = x[start + best];
            for (int down = top; down < bottom; down++)
            {
                for (int across = left; across < right; across++)
                {
                    T value = x[start + down * plan.Width + across];
                    if (value > largest || T.IsNaN(value))
                    {
                        largest = value;
                        best = down * plan.Width + across;
                    }
                }
            }
            y[plan.Target + (int)i] = largest;
            places[firstPlace + (int)i] = best;
        }
    }
}
