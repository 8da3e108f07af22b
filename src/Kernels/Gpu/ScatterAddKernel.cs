using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y at given places of one axis += x, without atomics; see <see cref="ScatterPlan"/>.</summary>
internal readonly struct ScatterAddKernel<T> : IKernel<ArrayView<T>, ArrayView<int>, ArrayView<T>, ScatterPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="x">The elements to add.</param>
    /// <param name="indices">The places.</param>
    /// <param name="y">The sums.</param>
    /// <param name="plan">How the work is shared.</param>
    public static void Run(ArrayView<T> x, ArrayView<int> indices, ArrayView<T> y, ScatterPlan plan)
    {
        for (uint i = Threads.First; i < plan.Count; i += Threads.Count)
        {
            uint share = i / plan.Lines.Count, chunk = share / (uint)plan.Ranges;
            Positions at = plan.Lines.At(i - share * plan.Lines.Count);
            at.Z += (int)chunk * plan.ChunkStep;
            int low = (int)(share - chunk * (uint)plan.Ranges) * plan.Range;
            int k = (int)chunk * plan.Chunk, end = IntrinsicMath.Min(plan.Length, k + plan.Chunk);
            // Four indices are on their way at a time.
            for (; k + 3 < end; k += 4)
            {
                int a = indices[at.Y + k * plan.Steps.Y], b = indices[at.Y + (k + 1) * plan.Steps.Y];
                int c = indices[at.Y + (k + 2) * plan.Steps.Y], d = indices[at.Y + (k + 3) * plan.Steps.Y];
                Add(x, y, at, plan, a, low, k);
                Add(x, y, at, plan, b, low, k + 1);
                Add(x, y, at, plan, c, low, k + 2);
                Add(x, y, at, plan, d, low, k + 3);
            }
            for (; k < end; k++)
            {
                Add(x, y, at, plan, indices[at.Y + k * plan.Steps.Y], low, k);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ArrayView<T> x, ArrayView<T> y, Positions at, ScatterPlan plan, int place, int low, int k)
    {
        if (place < low || place >= low + plan.Range)
        {
            return;
        }

        int target = at.Z + place * plan.Steps.Z;
        y[target] = y[target] + x[at.X + k * plan.Steps.X];
    }
}
