using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// For operands that fit the second-level cache whole: every thread takes some columns of C and packs all that it needs for itself. Such a
/// product takes microseconds, in which an uneven share would show, and so would what one processor has to fetch from another's cache.
/// </summary>
internal static unsafe class CompactMatMul<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    public static void Run(in MatMulProblem<T> problem)
    {
        var job = new Job(problem);
        Workers.Run(ref job, Math.Min(job.Panels, Workers.Threads));
    }

    private readonly struct Job(in MatMulProblem<T> problem) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;

        public int Panels => (_problem.N + TKernel.Columns - 1) / TKernel.Columns;

        public void Run(int part, int parts)
        {
            int first = (int)((long)Panels * part / parts), end = (int)((long)Panels * (part + 1) / parts);
            int m = _problem.M, k = _problem.K, j = first * TKernel.Columns, n = Math.Min(end * TKernel.Columns, _problem.N) - j;
            // Rows that meet two panels only are not worth packing.
            bool inPlace = end - first <= 2;
            T* leftMemory = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(inPlace ? TKernel.Rows : m, k));
            T* rightMemory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(n, k));
            Panels<T> right = MatMulBlock<T, TKernel>.PackRight(
                _problem.B + j * _problem.BColumn, _problem.BRow, _problem.BColumn, k, n, rightMemory);
            Panels<T> left = inPlace
                ? MatMulBlock<T, TKernel>.LeftInPlace(_problem.A, _problem.ARow, _problem.AColumn, m, k, leftMemory)
                : MatMulBlock<T, TKernel>.PackLeft(_problem.A, _problem.ARow, _problem.AColumn, m, k, leftMemory);
            MatMulBlock<T, TKernel>.Multiply(m, n, k, left, right, _problem.C + j, _problem.CRow, accumulate: false, rowsFirst: inPlace);
        }
    }
}
