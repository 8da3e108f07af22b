using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Matrix product on a device without fast barriers: each thread makes 6 by 16 sums in vector registers straight from memory, whose caches do what shared memory does on a GPU.</summary>
/// <remarks>
/// The grid's columns are sixes of rows, so that neighbouring groups read the same strip of the right factor; its rows are strips of columns, its layers chunks of the sums of each batch.
/// Rows beyond the last are computed as the last and not stored; a last strip that is not whole is moved inwards and makes some results twice.
/// </remarks>
internal readonly struct GemmProcessorKernel<T> : IKernel<ArrayView<T>, ArrayView<T>, ArrayView<T>, GemmProcessorPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows of a thread.</summary>
    public const int Rows = 6;

    public static void Run(ArrayView<T> left, ArrayView<T> right, ArrayView<T> y, GemmProcessorPlan plan)
    {
        uint batch = plan.Chunks.Divide((uint)Grid.IdxZ);
        int chunk = (int)((uint)Grid.IdxZ - batch * plan.Chunks.Value);
        Positions start = plan.Batches.At(batch);
        int begin = chunk * plan.Chunk, end = IntrinsicMath.Min(plan.Depth, begin + plan.Chunk);
        int row = Grid.IdxX * Rows, strip = Grid.IdxY * 16, column = IntrinsicMath.Min(strip, plan.LastColumn);

        int last = plan.Rows - 1, a = start.X + begin * plan.LeftSummed;
        int a0 = a + row * plan.LeftRow, a1 = a + IntrinsicMath.Min(row + 1, last) * plan.LeftRow, a2 = a + IntrinsicMath.Min(row + 2, last) * plan.LeftRow;
        int a3 = a + IntrinsicMath.Min(row + 3, last) * plan.LeftRow, a4 = a + IntrinsicMath.Min(row + 4, last) * plan.LeftRow;
        int a5 = a + IntrinsicMath.Min(row + 5, last) * plan.LeftRow;
        int b = start.Y + Grid.IdxY * plan.StripStep - (strip - column) + begin * plan.RightSummed;
        Sixteen<T> sum0 = new(), sum1 = new(), sum2 = new(), sum3 = new(), sum4 = new(), sum5 = new();
        for (int k = begin; k < end; k++)
        {
            Sixteen<T> v = Sixteen<T>.Read(right, b);
            sum0 = Sixteen<T>.MultiplyAdd(left[a0], v, sum0);
            sum1 = Sixteen<T>.MultiplyAdd(left[a1], v, sum1);
            sum2 = Sixteen<T>.MultiplyAdd(left[a2], v, sum2);
            sum3 = Sixteen<T>.MultiplyAdd(left[a3], v, sum3);
            sum4 = Sixteen<T>.MultiplyAdd(left[a4], v, sum4);
            sum5 = Sixteen<T>.MultiplyAdd(left[a5], v, sum5);
            a0 += plan.LeftSummed;
            a1 += plan.LeftSummed;
            a2 += plan.LeftSummed;
            a3 += plan.LeftSummed;
            a4 += plan.LeftSummed;
            a5 += plan.LeftSummed;
            b += plan.RightSummed;
        }

        int target = plan.Start + chunk * plan.ChunkStep + ((int)batch * plan.Rows + row) * plan.Columns + column, count = plan.Columns - column;
        Store(sum0, y, target, count, plan.Rows - row);
        Store(sum1, y, target + plan.Columns, count, plan.Rows - row - 1);
        Store(sum2, y, target + 2 * plan.Columns, count, plan.Rows - row - 2);
        Store(sum3, y, target + 3 * plan.Columns, count, plan.Rows - row - 3);
        Store(sum4, y, target + 4 * plan.Columns, count, plan.Rows - row - 4);
        Store(sum5, y, target + 5 * plan.Columns, count, plan.Rows - row - 5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Sixteen<T> sum, ArrayView<T> y, int at, int columnsLeft, int rowsLeft)
    {
        if (rowsLeft <= 0)
        {
            return;
        }

        if (columnsLeft >= 16)
        {
            sum.Write(y, at);
        }
        else
        {
            sum.Write(y, at, columnsLeft);
        }
    }
}
