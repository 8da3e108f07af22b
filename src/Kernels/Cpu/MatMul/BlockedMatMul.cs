using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// The general way (Goto and van de Geijn 2008): a block of B is packed once for all threads; then each packs its rows of A and runs down
/// the columns.
/// </summary>
internal static unsafe class BlockedMatMul<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    private const int MaxColumns = 2048;

    // Fewer multiply-adds than this are done before another thread is awake.
    private const long SerialWork = 1 << 20;

    public static void Run(in MatMulProblem<T> problem)
    {
        int depth = MatMulBlock<T, TKernel>.Depth(problem.K);
        bool parallel = problem.Work >= SerialWork && Workers.Threads > 1;
        // Packing B costs about as much as two tiles' worth of work with it.
        bool rightInPlace = problem.BColumn == 1 && problem.M <= 2 * TKernel.Rows;
        bool leftInPlace = problem.N <= 2 * TKernel.Columns;
        int packedColumns = rightInPlace ? TKernel.Columns : Math.Min(problem.N, MaxColumns);
        T* packed = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(packedColumns, depth));
        for (int j = 0; j < problem.N; j += MaxColumns)
        {
            int n = Math.Min(MaxColumns, problem.N - j);
            for (int p = 0; p < problem.K; p += depth)
            {
                int k = Math.Min(depth, problem.K - p);
                T* b = problem.B + p * problem.BRow + j * problem.BColumn;
                var pack = new PackJob(b, problem.BRow, problem.BColumn, k, n, packed);
                if (rightInPlace)
                {
                    MatMulBlock<T, TKernel>.RightInPlace(b, problem.BRow, k, n, packed);
                }
                else
                {
                    Workers.Run(ref pack, parallel && (long)k * n > 1 << 15 ? pack.Parts : 1);
                }

                Panels<T> right = rightInPlace
                    ? new((nint)b, TKernel.Columns, 1, problem.BRow, (nint)packed)
                    : MatMulBlock<T, TKernel>.PackedRight(k, n, packed);
                var job = new Job(problem, j, n, p, k, right, leftInPlace, parallel);
                Workers.Run(ref job, job.Parts);
            }
        }
    }

    private readonly struct PackJob(T* b, nint row, nint column, int k, int n, T* memory) : IParallelJob
    {
        private readonly T* _b = b, _memory = memory;

        /// <summary>One for each thread where rows are packed in one go, the longer the better; each has columns that it may multiply by next.</summary>
        public int Parts => Math.Min(Panels, (column == 1 ? 1 : 4) * Workers.Threads);

        private int Panels => (n + TKernel.Columns - 1) / TKernel.Columns;

        public void Run(int part, int parts)
        {
            int first = (int)((long)Panels * part / parts), end = (int)((long)Panels * (part + 1) / parts), j = first * TKernel.Columns;
            MatMulBlock<T, TKernel>.PackRight(
                _b + j * column, row, column, k, Math.Min(end * TKernel.Columns, n) - j, _memory + (nint)j * k);
        }
    }

    /// <summary>
    /// The product of a k-block: cut into blocks of rows, and of columns too where the rows do not suffice for all threads.
    /// </summary>
    private readonly struct Job : IParallelJob
    {
        private readonly MatMulProblem<T> _problem;
        private readonly Panels<T> _right;
        private readonly int _firstColumn, _columns, _firstDepth, _depth, _rowPanels, _rowParts, _columnParts;
        private readonly bool _leftInPlace;

        public Job(
            in MatMulProblem<T> problem, int firstColumn, int columns, int firstDepth, int depth, in Panels<T> right, bool leftInPlace, bool parallel)
        {
            _problem = problem;
            _right = right;
            (_firstColumn, _columns, _firstDepth, _depth, _leftInPlace) = (firstColumn, columns, firstDepth, depth, leftInPlace);
            int threads = parallel ? Workers.Threads : 1;
            // From 4 to 16 panels of rows for each part, and as many for every part.
            _rowPanels = (problem.M + TKernel.Rows - 1) / TKernel.Rows;
            int share = threads == 1 ? 16 : Math.Clamp(_rowPanels / (4 * threads), 4, 16);
            _rowParts = (_rowPanels + share - 1) / share;
            if (_rowParts > threads)
            {
                _rowParts = (_rowParts + threads - 1) / threads * threads;
            }

            int panels = (columns + TKernel.Columns - 1) / TKernel.Columns;
            _columnParts = threads == 1 || _rowParts >= 2 * threads ? 1 : Math.Clamp(panels / 4, 1, (2 * threads + _rowParts - 1) / _rowParts);
        }

        public int Parts => _rowParts * _columnParts;

        public void Run(int part, int parts)
        {
            (int block, int slice) = Math.DivRem(part, _columnParts);
            int i = (int)((long)_rowPanels * block / _rowParts) * TKernel.Rows;
            int m = Math.Min((int)((long)_rowPanels * (block + 1) / _rowParts) * TKernel.Rows, _problem.M) - i;
            int panels = (_columns + TKernel.Columns - 1) / TKernel.Columns;
            int first = (int)((long)panels * slice / _columnParts), end = (int)((long)panels * (slice + 1) / _columnParts);
            int j = first * TKernel.Columns, n = Math.Min(end * TKernel.Columns, _columns) - j;
            T* a = _problem.A + i * _problem.ARow + _firstDepth * _problem.AColumn;
            T* memory = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(_leftInPlace ? TKernel.Rows : m, _depth));
            Panels<T> left = _leftInPlace
                ? MatMulBlock<T, TKernel>.LeftInPlace(a, _problem.ARow, _problem.AColumn, m, _depth, memory)
                : MatMulBlock<T, TKernel>.PackLeft(a, _problem.ARow, _problem.AColumn, m, _depth, memory);
            Panels<T> right = _right with { Data = (nint)_right.At(first) };
            T* c = _problem.C + i * _problem.CRow + _firstColumn + j;
            MatMulBlock<T, TKernel>.Multiply(m, n, _depth, left, right, c, _problem.CRow, _firstDepth > 0, _leftInPlace);
        }
    }
}
