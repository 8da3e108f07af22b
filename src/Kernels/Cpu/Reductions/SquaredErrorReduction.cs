using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>The sum of squared differences, a leaf at a time, in the order of a full <see cref="Reduction"/>.</summary>
internal static unsafe class SquaredErrorReduction
{
    private const int Grain = 1 << 14;

    /// <summary>The sum of (prediction - target)².</summary>
    public static T Run<T>(T* prediction, in Layout predictionLayout, T* target, in Layout targetLayout, MemoryPool pool)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = predictionLayout.Shape.Count, leaves = (count + ReductionLeaf.Length - 1) / ReductionLeaf.Length;
        if (count == 0)
        {
            return T.Zero;
        }

        Block block = pool.Rent((long)leaves * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var job = new Job<T>
            {
                Prediction = prediction,
                PredictionLayout = predictionLayout,
                Target = target,
                TargetLayout = targetLayout,
                Count = count,
                Leaves = leaves,
                Partials = partials,
            };
            Workers.Run(ref job, Math.Min(leaves, Workers.Parts(count, Grain)));
            var tree = new CombinationTree<T, SumOfSquares<T>>(default);
            for (int leaf = 0; leaf < leaves; leaf++)
            {
                tree.Push(partials[leaf]);
            }

            return tree.Total();
        }
        finally
        {
            pool.Return(block);
        }
    }

    private struct Job<T> : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* Prediction, Target, Partials;
        public Layout PredictionLayout, TargetLayout;
        public int Count, Leaves;

        public readonly void Run(int part, int parts)
        {
            T* memory = Scratch.Small<T>(2 * ReductionLeaf.Length);
            int end = (int)((long)Leaves * (part + 1) / parts);
            for (int leaf = (int)((long)Leaves * part / parts); leaf < end; leaf++)
            {
                int start = leaf * ReductionLeaf.Length, count = Math.Min(ReductionLeaf.Length, Count - start);
                T* prediction = Contiguous(Prediction, PredictionLayout, start, count, memory);
                T* target = Contiguous(Target, TargetLayout, start, count, memory + ReductionLeaf.Length);
                Subtract(prediction, target, memory, count);
                Partials[leaf] = ReductionLeaf.Run(default(SumOfSquares<T>), memory, count);
            }
        }

        private static T* Contiguous(T* x, in Layout layout, int start, int count, T* memory)
        {
            if (layout.IsContiguous)
            {
                return x + layout.Offset + start;
            }

            StridedBlock.Gather(x, layout, start, count, memory);
            return memory;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Subtract(T* x, T* y, T* difference, int count)
        {
            int i = 0, lanes = Vector256<T>.Count;
            for (; i + lanes <= count; i += lanes)
            {
                (Vector256.Load(x + i) - Vector256.Load(y + i)).Store(difference + i);
            }

            for (; i < count; i++)
            {
                difference[i] = x[i] - y[i];
            }
        }
    }
}
