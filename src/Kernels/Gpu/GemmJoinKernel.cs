using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Adds the chunks of the sums of a matrix product, in their order, and gives each result to the epilogue. One thread per result.</summary>
internal readonly struct GemmJoinKernel<T, TEpilogue> : IKernel<ArrayView<T>, ArrayView<T>, GemmJoinPlan, TEpilogue>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<T>
{
    /// <param name="chunks">[chunks, results].</param>
    /// <param name="y">The results.</param>
    /// <param name="plan">The sizes.</param>
    /// <param name="epilogue">What is made of each result.</param>
    public static void Run(ArrayView<T> chunks, ArrayView<T> y, GemmJoinPlan plan, TEpilogue epilogue)
    {
        ArrayView<T> target = y.SubView(plan.Start, y.IntLength - plan.Start);
        for (uint i = Threads.First; i < (uint)plan.Count; i += Threads.Count)
        {
            uint line = plan.Columns.Divide(i), batch = plan.Rows.Divide(line);
            int column = (int)(i - line * plan.Columns.Value), row = (int)(line - batch * plan.Rows.Value);
            epilogue.Store(target, (int)i, row, column, plan.Batches.At(batch).Z, ChunkSum.Of(chunks, (int)i, plan.Count, plan.Chunks));
        }

        if (TEpilogue.Finishes && Arrivals.IsLast(plan.Counters, Arrivals.OfGrid, Grid.DimX))
        {
            epilogue.Finish();
        }
    }
}
