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
            int at = (int)i, chunk = 0;
            T sum = T.Zero;
            // Four reads are under way at a time; the order of the sum is that of the chunks.
            for (; chunk + 4 <= plan.Chunks; chunk += 4)
            {
                T first = chunks[at], second = chunks[at + plan.Count], third = chunks[at + 2 * plan.Count], fourth = chunks[at + 3 * plan.Count];
                sum = sum + first + second + third + fourth;
                at += 4 * plan.Count;
            }
            for (; chunk < plan.Chunks; chunk++)
            {
                sum += chunks[at];
                at += plan.Count;
            }
            uint line = plan.Columns.Divide(i), batch = plan.Rows.Divide(line);
            int column = (int)(i - line * plan.Columns.Value), row = (int)(line - batch * plan.Rows.Value);
            epilogue.Store(target, (int)i, row, column, plan.Batches.At(batch).Z, sum);
        }
    }
}
