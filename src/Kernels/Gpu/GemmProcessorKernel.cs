using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Matrix product on a device without fast barriers: each thread makes 4 by 16 sums in registers straight from memory, whose caches do what shared memory does on a GPU.</summary>
/// <remarks>The grid's columns and rows are tiles, its layers chunks of the sums of each batch. Tiles at the far edges are moved inwards and make some results twice.</remarks>
internal readonly struct GemmProcessorKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, GemmProcessorPlan>
    where T : unmanaged, INumber<T>
{
    public static void Run(ArrayView<T> left, ArrayView<T> right, ArrayView<T> y, GemmProcessorPlan plan)
    {
        uint batch = plan.Chunks.Divide((uint)Grid.IdxZ);
        int chunk = (int)((uint)Grid.IdxZ - batch * plan.Chunks.Value);
        Positions start = plan.Batches.At(batch);
        int begin = chunk * plan.Chunk, end = IntrinsicMath.Min(plan.Depth, begin + plan.Chunk);
        int row = Grid.IdxY * 4, column = Grid.IdxX * 16;
        int target = plan.Start + chunk * plan.ChunkStep + (int)batch * plan.Rows * plan.Columns;
        if (plan.Rows >= 4 && plan.Columns >= 16 && plan.RightColumn == 1)
        {
            row = IntrinsicMath.Min(row, plan.Rows - 4);
            column = IntrinsicMath.Min(column, plan.Columns - 16);
            Sixteen<T> sum0 = new(), sum1 = new(), sum2 = new(), sum3 = new();
            int a = start.X + row * plan.LeftRow + begin * plan.LeftSummed;
            int b = start.Y + begin * plan.RightSummed + column;
            for (int k = begin; k < end; k++)
            {
                Sixteen<T> v = Sixteen<T>.Read(right, b);
                sum0 = Sixteen<T>.MultiplyAdd(left[a], v, sum0);
                sum1 = Sixteen<T>.MultiplyAdd(left[a + plan.LeftRow], v, sum1);
                sum2 = Sixteen<T>.MultiplyAdd(left[a + 2 * plan.LeftRow], v, sum2);
                sum3 = Sixteen<T>.MultiplyAdd(left[a + 3 * plan.LeftRow], v, sum3);
                a += plan.LeftSummed;
                b += plan.RightSummed;
            }
            target += row * plan.Columns + column;
            sum0.Write(y, target);
            sum1.Write(y, target + plan.Columns);
            sum2.Write(y, target + 2 * plan.Columns);
            sum3.Write(y, target + 3 * plan.Columns);
        }
        else
        {
            int lastRow = IntrinsicMath.Min(row + 4, plan.Rows), lastColumn = IntrinsicMath.Min(column + 16, plan.Columns);
            for (int i = row; i < lastRow; i++)
            {
                for (int j = column; j < lastColumn; j++)
                {
                    int a = start.X + i * plan.LeftRow + begin * plan.LeftSummed;
                    int b = start.Y + begin * plan.RightSummed + j * plan.RightColumn;
                    T sum = T.Zero;
                    for (int k = begin; k < end; k++)
                    {
                        sum += left[a] * right[b];
                        a += plan.LeftSummed;
                        b += plan.RightSummed;
                    }
                    y[target + i * plan.Columns + j] = sum;
                }
            }
        }
    }
}
