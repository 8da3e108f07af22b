using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// For a thin C whose operands both run along k: each element is a dot product, nothing is packed.
/// </summary>
/// <remarks>
/// Where k is very long and C small, k is cut into chunks, whose sums are joined in a binary tree: something to share among threads, and
/// less to lose by rounding. Whether it is cut, and where, depends on the shape alone.
/// </remarks>
internal static unsafe class DotMatMul<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The length of a chunk, and the most elements of C for which there are chunks.
    private const int ChunkDepth = 1 << 14, MostSplit = 1 << 10;

    public static void Run(in MatMulProblem<T> problem, MemoryPool pool)
    {
        // The longer side gets the longer side of the tile.
        bool byColumns = problem.N >= problem.M;
        int lines = Math.Max(problem.M, problem.N), size = problem.M * problem.N;
        if (problem.K < 2 * ChunkDepth || size > MostSplit)
        {
            var job = new Job(problem, byColumns);
            Workers.Run(ref job, Workers.Parts(lines, Math.Max(8, (1 << 16) / Math.Max(1, problem.Work / lines))));
            return;
        }
        int chunks = (problem.K + ChunkDepth - 1) / ChunkDepth;
        Block block = pool.Rent((long)chunks * size * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var job = new ChunkJob(problem, byColumns, chunks, partials);
            Workers.Run(ref job, Workers.Parts(chunks, Math.Max(1, (1 << 16) / ((long)ChunkDepth * size))));
            Join(problem, chunks, partials);
        }
        finally
        {
            pool.Return(block);
        }
    }

    private static void Join(in MatMulProblem<T> problem, int chunks, T* partials)
    {
        nint size = (nint)problem.M * problem.N;
        for (int i = 0; i < size; i++)
        {
            var tree = new CombinationTree<T, Sum<T>>(new Sum<T>(T.One));
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                tree.Push(partials[chunk * size + i]);
            }

            (int row, int column) = Math.DivRem(i, problem.N);
            problem.C[row * problem.CRow + column] = tree.Total();
        }
    }

    private readonly struct ChunkJob(in MatMulProblem<T> problem, bool byColumns, int chunks, T* partials) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;
        private readonly T* _partials = partials;

        public void Run(int part, int parts)
        {
            int end = (int)((long)chunks * (part + 1) / parts);
            for (int chunk = (int)((long)chunks * part / parts); chunk < end; chunk++)
            {
                int start = chunk * ChunkDepth;
                MatMulProblem<T> piece = _problem with
                {
                    K = Math.Min(ChunkDepth, _problem.K - start),
                    A = _problem.A + start,
                    B = _problem.B + start,
                    C = _partials + (nint)chunk * _problem.M * _problem.N,
                    CRow = _problem.N,
                };
                new Job(piece, byColumns).Run(0, 1);
            }
        }
    }

    private readonly struct Job(in MatMulProblem<T> problem, bool byColumns) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;

        public void Run(int part, int parts)
        {
            int lines = byColumns ? _problem.N : _problem.M, others = byColumns ? _problem.M : _problem.N;
            T* x = byColumns ? _problem.A : _problem.B, y = byColumns ? _problem.B : _problem.A;
            nint xLine = byColumns ? _problem.ARow : _problem.BColumn, yLine = byColumns ? _problem.BColumn : _problem.ARow;
            nint xOut = byColumns ? _problem.CRow : 1, yOut = byColumns ? 1 : _problem.CRow;
            int start = (int)((long)lines * part / parts) & ~7, end = part == parts - 1 ? lines : (int)((long)lines * (part + 1) / parts) & ~7;
            for (int j = start; j < end; j += DotTile<T>.OtherLinesOfOne)
            {
                int ys = Math.Min(DotTile<T>.OtherLinesOfOne, end - j), i = 0;
                for (; i + 1 < others; i += DotTile<T>.Lines)
                {
                    for (int half = 0; half < ys; half += DotTile<T>.OtherLines)
                    {
                        DotTile<T>.Run(
                            _problem.K, x + i * xLine, xLine, Math.Min(DotTile<T>.Lines, others - i), y + (j + half) * yLine, yLine,
                            Math.Min(DotTile<T>.OtherLines, ys - half), _problem.C + i * xOut + (j + half) * yOut, xOut, yOut);
                    }
                }
                if (i < others && ys == 1)
                {
                    _problem.C[i * xOut + j * yOut] = DotTile<T>.RunSingle(_problem.K, x + i * xLine, y + j * yLine);
                }
                else if (i < others)
                {
                    DotTile<T>.RunOne(_problem.K, x + i * xLine, y + j * yLine, yLine, ys, _problem.C + i * xOut + j * yOut, yOut);
                }
            }
        }
    }
}
