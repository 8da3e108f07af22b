using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// For a small C with long sums: k is cut into chunks, fixed by the shape; each gives a partial C, and these are added in order. A, read
/// once, is used where it lies.
/// </summary>
internal static unsafe class SplitDepthMatMul<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    /// <summary>The number of chunks: a power of two, so that threads get equally many, of 1000 to 2000 of k each, at most 32.</summary>
    public static int Chunks(int k) => 1 << Math.Clamp(BitOperations.Log2((uint)k / 1000), 1, 5);

    public static void Run(in MatMulProblem<T> problem, MemoryPool pool)
    {
        int chunks = Chunks(problem.K);
        long size = (long)problem.M * problem.N;
        Block block = pool.Rent(chunks * size * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var multiply = new MultiplyJob(problem, chunks, partials);
            Workers.Run(ref multiply, chunks);
            var add = new AddJob(problem, chunks, partials);
            Workers.Run(ref add, Workers.Parts(size * chunks, 1 << 15));
        }
        finally
        {
            pool.Return(block);
        }
    }

    private readonly struct MultiplyJob(in MatMulProblem<T> problem, int chunks, T* partials) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;
        private readonly T* _partials = partials;

        public void Run(int part, int parts)
        {
            int m = _problem.M, n = _problem.N;
            // Chunks begin at whole cache lines of a row.
            int start = Start(part), end = Start(part + 1), depth = MatMulBlock<T, TKernel>.Depth(end - start);
            T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(n, depth));
            T* c = _partials + (nint)part * m * n;
            bool inPlace = _problem.AColumn == 1 && n <= 8 * TKernel.Columns;
            T* edge = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(inPlace ? TKernel.Rows : m, depth));
            for (int p = start; p < end; p += depth)
            {
                int k = Math.Min(depth, end - p);
                T* a = _problem.A + p * _problem.AColumn;
                T* b = _problem.B + p * _problem.BRow;
                Panels<T> right = MatMulBlock<T, TKernel>.PackRight(b, _problem.BRow, _problem.BColumn, k, n, memory);
                Panels<T> left = inPlace
                    ? MatMulBlock<T, TKernel>.LeftInPlace(a, _problem.ARow, _problem.AColumn, m, k, edge)
                    : MatMulBlock<T, TKernel>.PackLeft(a, _problem.ARow, _problem.AColumn, m, k, edge);
                MatMulBlock<T, TKernel>.Multiply(m, n, k, left, right, c, n, p > start, true);
            }
        }

        private int Start(int chunk) => chunk == chunks ? _problem.K : (int)((long)_problem.K * chunk / chunks) & ~15;
    }

    private readonly struct AddJob(in MatMulProblem<T> problem, int chunks, T* partials) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;
        private readonly T* _partials = partials;

        public void Run(int part, int parts)
        {
            int n = _problem.N, end = (int)((long)_problem.M * (part + 1) / parts);
            nint size = (nint)_problem.M * n;
            for (int i = (int)((long)_problem.M * part / parts); i < end; i++)
            {
                AddRow(_partials + (nint)i * n, size, chunks, n, _problem.C + i * _problem.CRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(T* partial, nint size, int chunks, int n, T* c)
    {
        int lanes = Vector256<T>.Count, j = 0;
        for (; j + lanes <= n; j += lanes)
        {
            var sum = Vector256.Load(partial + j);
            for (int chunk = 1; chunk < chunks; chunk++)
            {
                sum += Vector256.Load(partial + chunk * size + j);
            }

            Vector256.Store(sum, c + j);
        }
        for (; j < n; j++)
        {
            T sum = partial[j];
            for (int chunk = 1; chunk < chunks; chunk++)
            {
                sum += partial[chunk * size + j];
            }

            c[j] = sum;
        }
    }
}
