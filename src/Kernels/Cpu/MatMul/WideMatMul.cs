using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// For many columns, few rows and short sums: A is packed once for all, B a few columns at a time, so that a packed block is used while
/// it is in the cache.
/// </summary>
internal static unsafe class WideMatMul<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    /// <summary>The most of k and of the packed A that this way is for.</summary>
    public static int MaxDepth => MatMulBlock<T, TKernel>.MaxDepth;

    private static int Group => 4 * TKernel.Columns;

    public static void Run(in MatMulProblem<T> problem)
    {
        T* memory = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(problem.M, problem.K));
        Panels<T> left = MatMulBlock<T, TKernel>.PackLeft(problem.A, problem.ARow, problem.AColumn, problem.M, problem.K, memory);
        var job = new Job(problem, left);
        Workers.Run(ref job, (problem.N + Group - 1) / Group);
    }

    private readonly struct Job(in MatMulProblem<T> problem, in Panels<T> left) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;
        private readonly Panels<T> _left = left;

        public void Run(int part, int parts)
        {
            int j = part * Group, n = Math.Min(Group, _problem.N - j);
            T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(Group, _problem.K));
            Panels<T> right = MatMulBlock<T, TKernel>.PackRight(
                _problem.B + j * _problem.BColumn, _problem.BRow, _problem.BColumn, _problem.K, n, memory);
            MatMulBlock<T, TKernel>.Multiply(_problem.M, n, _problem.K, _left, right, _problem.C + j, _problem.CRow, false, false);
        }
    }
}
