using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Copies a right factor into strips of 16 columns, each [summands, 16]: what vector registers take at a time then lies side by side, whatever the strides were.</summary>
/// <remarks>The grid's columns are blocks of summands, its rows strips, its layers batches. Columns beyond the last repeat it.</remarks>
internal readonly struct GemmPackKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, GemmPackPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The summands of a block.</summary>
    public const int Block = 64;

    public static void Run(ArrayView<T> right, ArrayView<T> strips, GemmPackPlan plan)
    {
        int start = plan.Batches.At((uint)Grid.IdxZ).X, column = Grid.IdxY * 16;
        int begin = Grid.IdxX * Block, end = IntrinsicMath.Min(plan.Depth, begin + Block);
        int from = start + begin * plan.Summed + column * plan.Column, last = start + begin * plan.Summed + (plan.Columns - 1) * plan.Column;
        int to = ((Grid.IdxZ * Grid.DimY + Grid.IdxY) * plan.Depth + begin) * 16;
        for (int k = begin; k < end; k++)
        {
            if (column + 16 <= plan.Columns)
            {
                Sixteen<T>.Read(right, from, plan.Column).Write(strips, to);
            }
            else
            {
                Sixteen<T>.Read(right, from, plan.Column, last).Write(strips, to);
            }

            from += plan.Summed;
            last += plan.Summed;
            to += 16;
        }
    }
}
