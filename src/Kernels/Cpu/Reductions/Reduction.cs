using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Reductions over any axes. The order depends on the shapes alone, never on strides or on the number of threads.</summary>
internal static unsafe class Reduction
{
    /// <summary>y = op over the axes on which y has size 1; see <see cref="Device.Reduce{T, TOp}"/>.</summary>
    public static void Run<T, TOp>(T* x, in Layout xLayout, T* y, in Layout yLayout, TOp op, MemoryPool pool)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>
    {
        if (yLayout.Shape.Count == 0)
        {
            return;
        }

        if (xLayout.Shape.Count == 0)
        {
            T empty = op.Finish(op.Identity);
            for (int i = 0; i < yLayout.Shape.Count; i++)
            {
                StridedBlock.Scatter(y, yLayout, i, 1, &empty);
            }

            return;
        }
        var axes = new ReductionAxes(xLayout, yLayout);
        if (axes.Columns.Shape.Count > 1)
        {
            ColumnReduction<T, TOp>.Run(x, y, axes, op, pool);
        }
        else
        {
            RowReduction<T, TOp>.Run(x, y, axes, op, pool);
        }
    }
}
