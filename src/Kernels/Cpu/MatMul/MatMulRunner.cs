using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Matrix products of views: batches, degenerate sizes, and the choice of registers and of the way.</summary>
internal static unsafe class MatMulRunner
{
    /// <summary>y = a b; see <see cref="Device.MatMul{T}"/>.</summary>
    public static void Run<T>(T* a, Layout aLayout, T* b, Layout bLayout, T* y, Layout yLayout, MemoryPool pool)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = yLayout.Shape[-2], n = yLayout.Shape[-1], k = aLayout.Shape[-1];
        y += yLayout.Offset;
        if (yLayout.Shape.Count == 0)
        {
            return;
        }

        if (k == 0)
        {
            new Span<T>(y, yLayout.Shape.Count).Clear();
            return;
        }
        int batches = yLayout.Shape.Count / (m * n);
        // One right operand for all batches: the batches are just more rows.
        if (batches > 1 && !Batched(bLayout) && aLayout.TryReshape([batches * m, k], out Layout rows))
        {
            (aLayout, m, batches) = (rows, batches * m, 1);
        }

        var job = new BatchJob<T>
        {
            A = a,
            ALayout = aLayout,
            B = b,
            BLayout = bLayout,
            Y = y,
            M = m,
            N = n,
            K = k,
            Batches = batches,
            Pool = pool,
        };
        long work = (long)m * n * k;
        if (batches == 1 || work >= 1 << 21)
        {
            // Each product is large enough for all threads.
            for (int batch = 0; batch < batches; batch++)
            {
                job.Run(batch, batches);
            }
        }
        else
        {
            Workers.Run(ref job, Workers.Parts(batches, Math.Max(1, (1 << 18) / Math.Max(1, work))));
        }
    }

    private static bool Batched(in Layout layout)
    {
        for (int axis = 0; axis < layout.Shape.Rank - 2; axis++)
        {
            if (layout.Shape[axis] > 1 && layout.Strides[axis] != 0)
            {
                return true;
            }
        }
        return false;
    }

    private static void One<T>(in MatMulProblem<T> problem, MemoryPool pool)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            One<T, Kernel512<T>>(problem, pool);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            One<T, Kernel256<T>>(problem, pool);
        }
        else
        {
            One<T, Kernel128<T>>(problem, pool);
        }
    }

    private static void One<T, TKernel>(in MatMulProblem<T> problem, MemoryPool pool)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IMicroKernel<T>
    {
        bool alongDepth = (problem.AColumn == 1 || problem.K == 1) && (problem.BRow == 1 || problem.K == 1);
        bool adjacentColumns = problem.BColumn == 1 || problem.N == 1;
        switch (MatMulSelector.Choose(new(problem.M, problem.N, problem.K, alongDepth, adjacentColumns, WideMatMul<T, TKernel>.MaxDepth)))
        {
            case MatMulStrategy.Dot:
                DotMatMul<T>.Run(problem, pool);
                break;
            case MatMulStrategy.Rows:
                RowsMatMul<T>.Run(problem);
                break;
            case MatMulStrategy.SplitDepth:
                SplitDepthMatMul<T, TKernel>.Run(problem, pool);
                break;
            case MatMulStrategy.Wide:
                WideMatMul<T, TKernel>.Run(problem);
                break;
            case MatMulStrategy.Compact:
                CompactMatMul<T, TKernel>.Run(problem);
                break;
            default:
                BlockedMatMul<T, TKernel>.Run(problem);
                break;
        }
    }

    private struct BatchJob<T> : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T* A, B, Y;
        public Layout ALayout, BLayout;
        public int M, N, K, Batches;
        public MemoryPool Pool;

        public readonly void Run(int part, int parts)
        {
            int first = (int)((long)Batches * part / parts), end = (int)((long)Batches * (part + 1) / parts);
            for (int batch = first; batch < end; batch++)
            {
                One(
                    new MatMulProblem<T>
                    {
                        M = M,
                        N = N,
                        K = K,
                        A = A + BatchOffset(ALayout, batch),
                        ARow = ALayout.Stride(-2),
                        AColumn = ALayout.Stride(-1),
                        B = B + BatchOffset(BLayout, batch),
                        BRow = BLayout.Stride(-2),
                        BColumn = BLayout.Stride(-1),
                        C = Y + (nint)batch * M * N,
                        CRow = N,
                    },
                    Pool);
            }
        }

        private static nint BatchOffset(in Layout layout, int batch)
        {
            nint offset = layout.Offset;
            for (int axis = layout.Shape.Rank - 3; axis >= 0; axis--)
            {
                batch = Math.DivRem(batch, layout.Shape[axis], out int index);
                offset += (nint)index * layout.Strides[axis];
            }
            return offset;
        }
    }
}
